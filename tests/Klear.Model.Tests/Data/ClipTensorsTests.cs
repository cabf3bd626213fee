using Curation.Media.Probing;
using Curation.Media.Reading;
using Klear.Model.Data;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Data;

public sealed class ClipTensorsTests
{
    // Two pictures of 2 x 1 pixels.
    private static readonly ClipPictures Pictures = new() { Count = 2, Width = 2, Height = 1, Rate = new Rational(8, 1), Rgb = [0, 1, 2, 127, 128, 255, 10, 20, 30, 40, 50, 60] };

    [Fact]
    public void Pictures_become_colours_by_time_row_and_column_around_zero()
    {
        using var pictures_bcthw = Pictures.ToTensor();

        Assert.Equal([1, 3, 2, 1, 2], pictures_bcthw.shape);
        Assert.Equal(-1, pictures_bcthw[0, 0, 0, 0, 0].item<float>());
        Assert.Equal(1, pictures_bcthw[0, 2, 0, 0, 1].item<float>());
        Assert.Equal((20 / 127.5f) - 1, pictures_bcthw[0, 1, 1, 0, 0].item<float>(), 1e-6f);
    }

    [Fact]
    public void Pictures_come_back_to_the_byte()
    {
        using var scope = NewDisposeScope();

        var back = Pictures.ToTensor()[0].ToPictures(8);

        Assert.Equal((2, 2, 1, new Rational(8, 1)), (back.Count, back.Width, back.Height, back.Rate));
        Assert.Equal(Pictures.Rgb, back.Rgb);
    }

    [Fact]
    public void Values_beyond_the_range_are_clipped_and_no_number_is_grey()
    {
        using var pictures_cthw = tensor(new[] { -3f, 2f, float.NaN }, [3, 1, 1, 1]);

        Assert.Equal([0, 255, 128], pictures_cthw.ToPictures(8).Rgb);
    }

    [Fact]
    public void Sound_comes_back_as_it_was()
    {
        using var scope = NewDisposeScope();
        var sound = new ClipSound { Samples = [0.5f, -1.25f], Rate = 44100, Channels = 1, PaddedBefore = 0, PaddedAfter = 0 };

        var sound_bn = sound.ToTensor();

        Assert.Equal([1, 2], sound_bn.shape);
        Assert.Equal(sound.Samples, sound_bn[0].ToSound(44100).Samples);
    }

    [Fact]
    public void Other_shapes_are_refused()
    {
        using var tensor = zeros(2, 2);

        Assert.Contains("[2, 2]", Assert.Throws<ArgumentException>(() => tensor.ToPictures(8)).Message, StringComparison.Ordinal);
        Assert.Contains("[2, 2]", Assert.Throws<ArgumentException>(() => tensor.ToSound(8)).Message, StringComparison.Ordinal);
    }
}
