using Curation.Models.Features;

namespace Curation.Models.Tests.Features;

public sealed class PictureInputTests
{
    [Fact]
    public void Centre_crop_sees_the_middle_of_a_wide_picture()
    {
        // Three vertical stripes, each a square: only the middle one is seen, its edges aside.
        var rgb = Enumerable.Range(0, 300 * 900).SelectMany(i => new byte[] { (byte)(i % 900 / 300 * 100), 0, 0 }).ToArray();

        var pixels = PictureInput.Clip.Pixels(rgb, 900, 300);

        for (var x = 3; x < 221; x++) Assert.Equal(100, pixels[((112 * 224) + x) * 3]);
    }

    [Fact]
    public void Squeezed_picture_keeps_all_of_it()
    {
        var rgb = Enumerable.Range(0, 300 * 900).SelectMany(i => new byte[] { (byte)(i % 900 / 300 * 100), 0, 0 }).ToArray();

        var pixels = PictureInput.VisionTransformer.Pixels(rgb, 900, 300);

        Assert.Equal((0, 100, 200), (pixels[112 * 224 * 3], pixels[((112 * 224) + 112) * 3], pixels[((112 * 224) + 223) * 3]));
    }

    [Fact]
    public void White_is_normalised_by_each_model_s_statistics()
    {
        var white = new byte[30 * 30 * 3];
        white.AsSpan().Fill(255);

        Assert.Equal((1 - 0.48145466) / 0.26862954, First(PictureInput.Clip), 1e-6);
        Assert.Equal(1, First(PictureInput.VisionTransformer), 1e-6);
        Assert.Equal((1 - 0.485) / 0.229, First(PictureInput.Florence2), 1e-6);
        Assert.Equal(3 * 768 * 768, PictureInput.Florence2.Length);

        float First(PictureInput input)
        {
            var planes = new float[input.Length];
            input.Write(white, 30, 30, planes);
            return planes[0];
        }
    }

    [Fact]
    public void Extreme_shapes_are_cropped_without_failing() =>
        Assert.Equal(224 * 224 * 3, PictureInput.Clip.Pixels(new byte[3 * 3 * 1000], 3, 1000).Length);

    [Fact]
    public void Too_small_a_target_is_refused() =>
        Assert.Throws<ArgumentException>(() => PictureInput.Clip.Write(new byte[12], 2, 2, new float[100]));
}
