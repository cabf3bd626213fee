using Klear.Model.Codecs.Neural;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Codecs.Neural;

public sealed class LogMelTests
{
    private static readonly LogMelSettings Published = new(44100, 128, 2048, 2048, 512);

    // Three times what upstream's single precision is off its double precision, plus 1e-4.
    private const double Tolerance = (3 * 0.0024066) + 1e-4;

    [Fact]
    public void Real_sound_gives_upstreams_features()
    {
        using var upstream = new UpstreamCase("mmaudio-vae-44k");
        using var mel = new LogMel(Published, CPU);

        var found = mel.Forward(upstream.Batch("wave_44k"));

        UpstreamCase.AssertNear(upstream["mel_44k"], found, Tolerance);
    }

    [Fact]
    public void Sound_beyond_full_scale_is_clamped()
    {
        using var upstream = new UpstreamCase("mmaudio-vae-44k");
        using var mel = new LogMel(Published, CPU);
        var expected = upstream["mel_44k_loud_clipped_x6"];

        var found = mel.Forward(upstream.Batch("wave_44k") * 6).narrow(2, 0, expected.shape[1]);

        UpstreamCase.AssertNear(expected, found, Tolerance);
    }

    [Fact]
    public void Filters_sum_as_librosas_do()
    {
        using var upstream = new UpstreamCase("mmaudio-vae-44k");
        using var mel = new LogMel(Published, CPU);

        UpstreamCase.AssertNear(upstream["melbasis_44k_row_sums"], mel.Filters.sum(1), 1e-6);
    }

    [Theory]
    [InlineData(1024, 2)]
    [InlineData(1025, 2)]
    [InlineData(5120, 10)]
    public void Whole_hops_of_silence_give_as_many_frames_of_the_floor(int samples, int frames)
    {
        using var scope = NewDisposeScope();
        using var mel = new LogMel(Published, CPU);

        var found = mel.Forward(zeros(3, samples));

        Assert.Equal([3, 128, frames], found.shape);
        Assert.Equal(Math.Log(1e-5), found.max().item<float>(), 1e-5);
        Assert.Equal(Math.Log(1e-5), found.min().item<float>(), 1e-5);
    }
}
