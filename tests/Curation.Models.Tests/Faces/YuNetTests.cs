using Curation.Models.Faces;
using Curation.Models.Running;
using Curation.Models.Tests.Quality;
using Curation.Tests;

namespace Curation.Models.Tests.Faces;

public sealed class YuNetTests : IDisposable
{
    private readonly OnnxGraph _graph = OnnxGraph.Open(RealClips.Require("models/yunet_n_320_320.onnx"), new ModelDevice(Threads: 1));

    [Theory]
    [InlineData(512, 512)]
    [InlineData(320, 320)]
    [InlineData(1024, 1024)]
    public async Task A_talking_face_is_found_at_every_size(int width, int height)
    {
        var picture = await ClipSound.PictureAsync(RealClips.Require("clips/face-talking.mp4"), 2, width, height);

        var face = Assert.Single(new YuNet(_graph).Detect(picture, width, height));

        // By eye on the picture at 512 x 512, where points can be placed to about 10 px.
        AssertNear(face.RightEye, 211, 225);
        AssertNear(face.LeftEye, 321, 223);
        AssertNear(face.Nose, 246, 288);
        AssertNear(face.RightMouthCorner, 222, 348);
        AssertNear(face.LeftMouthCorner, 315, 348);
        Assert.InRange(face.Score, 0.9f, 1f);

        void AssertNear(FacePoint point, float x, float y)
        {
            Assert.Equal(x, point.X * 512 / width, 14f);
            Assert.Equal(y, point.Y * 512 / height, 14f);
        }
    }

    [Fact]
    public async Task The_mouth_region_holds_the_lips_and_not_the_eyes()
    {
        var picture = await ClipSound.PictureAsync(RealClips.Require("clips/face-talking.mp4"), 2, 512, 512);

        var mouth = Assert.Single(new YuNet(_graph).Detect(picture, 512, 512)).MouthRegion;

        // By eye: the lips reach from (218, 330) to (318, 378).
        Assert.InRange(mouth.Left, 150, 218);
        Assert.InRange(mouth.Top, 270, 330);
        Assert.InRange(mouth.Left + mouth.Width, 318, 390);
        Assert.InRange(mouth.Top + mouth.Height, 378, 430);
    }

    [Fact]
    public void A_box_over_the_edge_is_cut_to_the_picture()
    {
        Assert.Equal(new FaceBox(0, 5, 8, 5), new FaceBox(-2, 5, 10, 20).Within(20, 10));
        Assert.Null(new FaceBox(30, 0, 5, 5).Within(20, 10));
    }

    [Fact]
    public async Task A_dog_has_no_face_to_lip_read()
    {
        var picture = await ClipSound.PictureAsync(RealClips.Require("clips/dog-bark.mp4"), 3, 454, 256);

        Assert.Empty(new YuNet(_graph).Detect(picture, 454, 256));
    }

    [Fact]
    public void A_grey_picture_has_no_face()
    {
        var grey = new byte[3 * 200 * 100];
        Array.Fill(grey, (byte)128);

        Assert.Empty(new YuNet(_graph).Detect(grey, 200, 100));
    }

    [Fact]
    public void A_picture_of_another_size_than_said_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new YuNet(_graph).Detect(new byte[10], 2, 2));
    }

    public void Dispose() => _graph.Dispose();
}
