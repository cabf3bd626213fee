using Curation.Filters.Audio;
using Curation.Filters.Tests.Signals;
using Curation.Tests;

namespace Curation.Filters.Tests.Audio;

public sealed class WadaSnrTests
{
    /// <summary>Values of G published with the method (table Alpha0.400000 of the authors' implementation; drawn by chance, hence half a decibel).</summary>
    [Theory]
    [InlineData(0.46221153, 0)]
    [InlineData(0.66750818, 10)]
    [InlineData(0.95655449, 20)]
    [InlineData(1.19703503, 30)]
    [InlineData(1.3605727, 40)]
    [InlineData(1.46669568, 50)]
    public void FromParameter_published_values_give_their_ratio(double parameter, double snrDb) =>
        Assert.Equal(snrDb, WadaSnr.FromParameter(parameter)!.Value, 0.5);

    /// <summary>G of gamma-distributed magnitudes alone is ln 0.4 - digamma(0.4) = 1.6451, which 100 dB nearly reaches.</summary>
    [Fact]
    public void FromParameter_pure_gamma_speech_is_the_highest_ratio() =>
        Assert.Equal(WadaSnr.MaximumDb, WadaSnr.FromParameter(1.6451)!.Value, 0.5);

    [Fact]
    public void FromParameter_more_peaked_than_speech_is_the_highest_ratio() =>
        Assert.Equal(WadaSnr.MaximumDb, WadaSnr.FromParameter(3)!.Value);

    /// <summary>G of a sine is ln(2/pi) + ln 2 = 0.2416, below the 0.4094 of Gaussian noise.</summary>
    [Fact]
    public void FromParameter_sine_has_no_answer() => Assert.Null(WadaSnr.FromParameter(0.2416));

    [Fact]
    public void Db_noise_alone_is_at_the_low_end() =>
        Assert.InRange(WadaSnr.Db(Analysed.Mono(Signal.WhiteNoise(0.05, 10, 1)).Frames)!.Value, WadaSnr.MinimumDb, -5);

    /// <summary>The paper's own model: samples of random sign and gamma-distributed magnitude (shape 0.4) in white noise.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(30)]
    [InlineData(50)]
    public void FromParameter_gamma_samples_in_noise_give_the_ratio(double snrDb)
    {
        var mixed = Signal.AtSnr(GammaSamples(20, 11), Signal.WhiteNoise(1, 20, 12), snrDb);
        var parameter = Math.Log(mixed.Average(sample => Math.Abs((double)sample))) - mixed.Average(sample => Math.Log(Math.Abs((double)sample)));

        Assert.Equal(snrDb, WadaSnr.FromParameter(parameter)!.Value, 0.5);
    }

    [Fact]
    public void Db_digital_silence_around_the_sound_changes_nothing()
    {
        var speech = GammaSamples(5, 21);
        var mixed = Signal.AtSnr(Signal.Scale(speech, 0.02 / Signal.Rms(speech)), Signal.WhiteNoise(1, 5, 22), 15);
        var padded = Signal.Join(Signal.Silence(2), mixed, Signal.Silence(3));

        Assert.Equal(WadaSnr.Db(Analysed.Mono(mixed).Frames)!.Value, WadaSnr.Db(Analysed.Mono(padded).Frames)!.Value, 0.1);
    }

    /// <summary>White noise is added to speech that was recorded with little of its own (it reads more than 40 dB).</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(20)]
    public void Db_clean_real_speech_in_white_noise_gives_the_ratio(double snrDb) =>
        Assert.Equal(snrDb, Db("clips/sound/speech-60s.wav", snrDb), 2.0);

    /// <summary>The weakness of the method: radio speech is compressed, its amplitudes are more even than the model's, and it reads up to 5 dB low.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(15)]
    public void Db_compressed_real_speech_in_white_noise_reads_low(double snrDb) =>
        Assert.InRange(Db("clips/sound/radio.wav", snrDb), snrDb - 6, snrDb);

    private static double Db(string path, double snrDb)
    {
        var speech = WavFile.ReadMono48(RealClips.Require(path));
        var noise = Signal.WhiteNoise(1, (speech.Length / 48_000.0) + 1, 5);
        return WadaSnr.Db(Analysed.Mono(Signal.AtSnr(speech, noise, snrDb)).Frames)!.Value;
    }

    /// <summary>Gamma of shape 0.4 by Marsaglia and Tsang's method for shape 1.4, times u^(1/0.4).</summary>
    private static float[] GammaSamples(double seconds, int seed)
    {
        var random = new Random(seed);
        var normal = Signal.WhiteNoise(1, seconds * 2, seed + 1);
        var next = 0;
        var samples = Signal.Silence(seconds);
        const double D = 1.4 - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * D);
        for (var i = 0; i < samples.Length;)
        {
            var x = normal[next++ % normal.Length];
            var v = Math.Pow(1 + (c * x), 3);
            if (v <= 0 || Math.Log(1 - random.NextDouble()) >= (0.5 * x * x) + D - (D * v) + (D * Math.Log(v))) continue;
            var magnitude = D * v * Math.Pow(1 - random.NextDouble(), 1 / 0.4);
            samples[i++] = (float)(random.Next(2) == 0 ? magnitude : -magnitude);
        }

        return samples;
    }
}
