using Curation.Models.Features;
using Curation.Models.Tests.Features.Support;

namespace Curation.Models.Tests.Features;

public sealed class MelFramesTests
{
    [Fact]
    public void Band_energies_equal_torchaudio_s_mel_spectrogram()
    {
        // torchaudio 0.13.1 MelSpectrogram; the tolerance is relative, 1e-4 with 1e-7 beside it.
        var parity = new ParityCase("synchformer-preprocess");
        var pcm = parity.Floats("pcm");
        var expected = parity.Floats("a.mel_power");
        var filters = MelFilters.Htk(128, 1024, 16_000, 0, 8000);
        var frames = new MelFrames(AnalysisWindow.PeriodicHann(400), 160, 1024, filters, new Compression(Compression.Kind.Linear));
        var (actual, scaled) = (new float[expected.Length], new float[expected.Length]);
        for (var segment = 0; segment < 3; segment++)
        {
            var mirrored = CentredSound.Mirror(pcm.AsSpan(1280 + (segment * 5120), 10_240), 512);
            frames.Run(mirrored.AsSpan(312), 65, actual.AsSpan(segment * 128 * 65), 1, 65);
        }

        for (var i = 0; i < expected.Length; i++)
        {
            var tolerance = (1e-4f * expected[i]) + 1e-7f;
            (actual[i], scaled[i]) = (actual[i] / tolerance, expected[i] / tolerance);
        }

        parity.Near("a.mel_power, in tolerances", scaled, actual, 1);
    }

    [Fact]
    public void Windows_equal_those_of_torch()
    {
        var parity = new ParityCase("synchformer-preprocess");

        parity.Near("window_400", parity.Floats("window_400"), [.. AnalysisWindow.PeriodicHann(400).Select(weight => (float)weight)], 3e-7);
    }

    [Theory]
    [InlineData(WindowShape.Hanning, 0, 1)]
    [InlineData(WindowShape.Hamming, 0.08, 1)]
    [InlineData(WindowShape.Povey, 0, 1)]
    [InlineData(WindowShape.Blackman, 0, 1)]
    [InlineData(WindowShape.Rectangular, 1, 1)]
    public void Windows_are_symmetric_between_their_ends_and_their_middle(WindowShape shape, double end, double middle)
    {
        var window = AnalysisWindow.Symmetric(shape, 401, 0.42);

        Assert.Equal(end, window[0], 1e-12);
        Assert.Equal(middle, window[200], 1e-12);
        for (var i = 0; i < 200; i++) Assert.Equal(window[i], window[400 - i], 1e-12);
    }

    [Fact]
    public void Output_may_be_laid_out_by_bands()
    {
        var frames = new MelFrames(AnalysisWindow.PeriodicHann(400), 160, 512, MelFilters.Kaldi(23, 512, 16_000, 20, 0), new Compression(Compression.Kind.Linear));
        var sound = Tone.Noise(400 + (6 * 160), seed: 9);
        var (byFrames, byBands) = (new float[7 * 23], new float[7 * 23]);

        frames.Run(sound, 7, byFrames, 23, 1);
        frames.Run(sound, 7, byBands, 1, 7);

        Assert.Equal(byFrames, byBands.Select((_, i) => byBands[(i % 23 * 7) + (i / 23)]));
    }
}
