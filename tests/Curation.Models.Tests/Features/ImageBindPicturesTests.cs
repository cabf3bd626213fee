using System.Security.Cryptography;
using Curation.Models.Features;
using Curation.Models.Tests.Features.Support;

namespace Curation.Models.Tests.Features;

public sealed class ImageBindPicturesTests
{
    private const int Plane = 224 * 224;

    [Theory]
    [InlineData("dog")]
    [InlineData("bird")]
    public async Task Image_equals_pillow_and_upstream(string name)
    {
        var parity = new ParityCase("imagebind-preprocess");
        var item = parity.Json.GetProperty("items").GetProperty($"{name}_image");
        var rgb = await Decoded.RgbAsync(parity.Media($"{name}_image_decoded.png"));
        var (width, height) = (item.GetProperty("size_wh")[0].GetInt32(), item.GetProperty("size_wh")[1].GetInt32());
        var (newWidth, newHeight) = (item.GetProperty("resized_wh")[0].GetInt32(), item.GetProperty("resized_wh")[1].GetInt32());
        var image = new float[ImageBindPictures.ImageLength];

        ImageBindPictures.WriteImage(rgb, width, height, image);

        Assert.Equal(
            item.GetProperty("resized_sha256").GetString(),
            Convert.ToHexStringLower(SHA256.HashData(PictureResizer.Resize(rgb, width, height, newWidth, newHeight, ResizeFilter.Bicubic))));
        Assert.Equal(parity.Bytes($"{name}.cropped_u8_hwc"), PictureInput.Clip.Pixels(rgb, width, height));
        parity.Near($"{name}.out", parity.Floats($"{name}.out"), image, 1e-6);
    }

    [Fact]
    public void Still_is_the_image_twice()
    {
        var rgb = Enumerable.Range(0, 300 * 224 * 3).Select(i => (byte)(i % 251)).ToArray();
        var (image, still) = (new float[ImageBindPictures.ImageLength], new float[ImageBindPictures.StillLength]);

        ImageBindPictures.WriteImage(rgb, 300, 224, image);
        ImageBindPictures.WriteStill(rgb, 300, 224, still);

        for (var i = 0; i < still.Length; i++) Assert.Equal(image[(i / (2 * Plane) * Plane) + (i % Plane)], still[i]);
    }

    [Fact]
    public void Saved_frame_of_a_video_equals_upstream()
    {
        var parity = new ParityCase("imagebind-video-preprocess");
        var frame = parity.Bytes("frame_u8_hwc_clip0_f0");
        var clip = new float[ImageBindPictures.ClipLength];

        ImageBindPictures.WriteClip(frame, frame, 454, 256, clip);

        parity.Near("clip0_crop0_f0_f16", parity.Floats("out_clip0_crop0_f0_f16"), Picture(clip, 0, 0), 2e-3);
        parity.Near("clip0_crop2_f0_f16", parity.Floats("out_clip0_crop2_f0_f16"), Picture(clip, 2, 0), 2e-3);
    }

    [Fact]
    public async Task Whole_video_equals_upstream()
    {
        var parity = new ParityCase("imagebind-video-preprocess");
        var rgb = await Decoded.RgbAsync(new ParityCase("synchformer-preprocess").Media("clip.mp4"));
        const int Bytes = 454 * 256 * 3;
        var clip = new float[ImageBindPictures.ClipLength];
        var (means, deviations) = (new List<float>(), new List<float>());
        float[] row = [];
        foreach (var (first, last) in ImageBindPictures.FramePairs(rgb.Length / Bytes, 25))
        {
            ImageBindPictures.WriteClip(rgb.AsSpan(first * Bytes, Bytes), rgb.AsSpan(last * Bytes, Bytes), 454, 256, clip);
            for (var i = 0; i < 18; i++)
            {
                var values = clip.AsSpan(i * Plane, Plane).ToArray();
                var mean = values.Average(value => (double)value);
                means.Add((float)mean);
                deviations.Add((float)Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (Plane - 1)));
            }

            var picture = Picture(clip, 1, 1);
            row = [.. picture[..224], .. picture[Plane..(Plane + 224)], .. picture[(2 * Plane)..((2 * Plane) + 224)]];
        }

        parity.Near("means", parity.Floats("out_mean_per_clip_crop_channel_frame"), means.ToArray(), 1e-3);
        parity.Near("deviations", parity.Floats("out_std_per_clip_crop_channel_frame"), deviations.ToArray(), 1e-3);
        parity.Near("clip4_crop1_f1, first row", parity.Floats("out_first_row_clip4_crop1_f1"), row, 1e-3);
    }

    [Fact]
    public void Frame_pairs_are_the_ends_of_five_stretches() =>
        Assert.Equal([(0, 49), (50, 99), (100, 149), (150, 199), (200, 249)], ImageBindPictures.FramePairs(250, 25));

    [Theory]
    [InlineData(1, 25, 0, 0)]
    [InlineData(30, 25, 0, 29)]
    public void Short_video_gives_the_same_pair_five_times(int frames, double rate, int first, int last) =>
        Assert.Equal(Enumerable.Repeat((first, last), 5), ImageBindPictures.FramePairs(frames, rate));

    [Theory]
    [InlineData(0, 25)]
    [InlineData(10, 0)]
    [InlineData(10, double.NaN)]
    public void Impossible_videos_are_refused(int frames, double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageBindPictures.FramePairs(frames, rate));

    [Fact]
    public void Portrait_video_is_cropped_from_top_to_bottom()
    {
        // Rows brighten downwards; the three crops must too.
        var rgb = Enumerable.Range(0, 240 * 480).SelectMany(i => Enumerable.Repeat((byte)(i / 240 / 2), 3)).ToArray();
        var clip = new float[ImageBindPictures.ClipLength];

        ImageBindPictures.WriteClip(rgb, rgb, 240, 480, clip);

        var means = Enumerable.Range(0, 3).Select(crop => Picture(clip, crop, 0).Average()).ToArray();
        Assert.True(means[0] < means[1] && means[1] < means[2]);
    }

    /// <summary>[3, 224, 224] of one crop and picture out of [crops, channels, pictures, rows, columns].</summary>
    private static float[] Picture(float[] clip, int crop, int frame) =>
        [.. Enumerable.Range(0, 3).SelectMany(channel => clip.AsSpan(((((crop * 3) + channel) * 2) + frame) * Plane, Plane).ToArray())];
}
