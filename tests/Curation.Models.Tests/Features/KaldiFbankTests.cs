using System.Text.Json;
using Curation.Models.Features;
using Curation.Models.Tests.Features.Support;

namespace Curation.Models.Tests.Features;

public sealed class KaldiFbankTests
{
    [Theory]
    [InlineData("imagebind_hanning128")]
    [InlineData("sensevoice_hamming80_x32768")]
    [InlineData("povey80")]
    [InlineData("povey80_nopre")]
    [InlineData("blackman40_pre09")]
    [InlineData("rect23_nodc")]
    [InlineData("hamming80_nosnip")]
    [InlineData("hanning64_nolog_magnitude")]
    [InlineData("povey80_low60_high7600")]
    [InlineData("povey80_highneg400")]
    [InlineData("hanning80_noround2")]
    [InlineData("povey40_energy_htk")]
    [InlineData("povey40_energy_first_rawoff")]
    [InlineData("hanning80_32ms_8ms_subtractmean")]
    public void Features_equal_torchaudio_0_13(string variant)
    {
        var parity = new ParityCase("kaldi-fbank");
        var item = parity.Json.GetProperty("items").GetProperty(variant);
        var scale = item.GetProperty("input_scale").GetSingle();
        var samples = parity.Floats("pcm").Select(sample => sample * scale).ToArray();

        var features = new KaldiFbank(Options(item.GetProperty("options"))).Compute(samples);

        var recorded = parity.Json.GetProperty("float32_vs_float64").GetProperty(variant);
        Assert.Equal(parity.Shape(variant), new[] { features.Rows, features.Columns });
        parity.Near(
            variant, parity.Floats(variant), features.Values,
            (3 * recorded.GetProperty("max_abs").GetDouble()) + 1e-4, (3 * recorded.GetProperty("mean_abs").GetDouble()) + 1e-5);
    }

    [Fact]
    public void Sine_is_loudest_in_the_band_around_it()
    {
        // Band b of 80 between 20 Hz and 8 kHz is centred at mel 31.75 + (b + 1) 34.67; 1 kHz is mel 1000.
        var features = new KaldiFbank(new KaldiFbankOptions { MelBins = 80 }).Compute(Tone.Sine(1000, 16_000));
        var (low, high) = (1127 * Math.Log(1 + (20 / 700.0)), 1127 * Math.Log(1 + (8000 / 700.0)));
        var expected = (int)Math.Round(((1127 * Math.Log(1 + (1000 / 700.0))) - low) / ((high - low) / 81)) - 1;

        for (var i = 0; i < features.Rows; i++) Assert.Equal(expected, Loudest(features.Row(i)));
    }

    [Fact]
    public void Silence_is_the_logarithm_of_the_floor()
    {
        var features = new KaldiFbank(new KaldiFbankOptions()).Compute(new float[800]);

        Assert.Equal(3, features.Rows);
        Assert.All(features.Values, value => Assert.Equal(Math.Log(Math.Pow(2, -23)), value, 1e-5));
    }

    [Fact]
    public void Constant_is_silence_once_the_mean_is_gone()
    {
        var features = new KaldiFbank(new KaldiFbankOptions()).Compute([.. Enumerable.Repeat(0.25f, 800)]);

        Assert.All(features.Values, value => Assert.Equal(Math.Log(Math.Pow(2, -23)), value, 1e-5));
    }

    [Fact]
    public void Energy_of_a_frame_is_the_logarithm_of_its_sum_of_squares()
    {
        // 400 samples of a sine of whole periods with amplitude 0.5: 400 * 0.25 / 2 = 50.
        var fbank = new KaldiFbank(new KaldiFbankOptions { UseEnergy = true, EnergyFloor = 0 });

        Assert.Equal(Math.Log(50), fbank.Compute(Tone.Sine(400, 400)).Row(0)[0], 1e-4);
    }

    [Theory]
    [InlineData(0, true, 0)]
    [InlineData(399, true, 0)]
    [InlineData(399, false, 0)]
    [InlineData(400, true, 1)]
    [InlineData(559, true, 1)]
    [InlineData(560, true, 2)]
    [InlineData(400, false, 3)]
    [InlineData(16_000, false, 100)]
    public void Frames_are_counted_as_kaldi_does(int samples, bool snip, int frames) =>
        Assert.Equal(frames, new KaldiFbank(new KaldiFbankOptions { SnipEdges = snip }).Compute(new float[samples]).Rows);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Frames_do_not_depend_on_those_computed_beside_them(int frames)
    {
        var samples = Tone.Noise(16_000, seed: 7);
        var fbank = new KaldiFbank(new KaldiFbankOptions());

        var part = fbank.Compute(samples.AsSpan(0, 400 + ((frames - 1) * 160)));

        Assert.Equal(fbank.Compute(samples).Values[..part.Values.Length], part.Values);
    }

    [Fact]
    public void Minimum_duration_leaves_shorter_sound_without_frames() =>
        Assert.Equal(0, new KaldiFbank(new KaldiFbankOptions { MinDurationSeconds = 1 }).Compute(new float[15_999]).Rows);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Sample_that_is_no_number_is_refused(float sample)
    {
        var samples = new float[1000];
        samples[600] = sample;

        Assert.Contains("600", Assert.Throws<ArgumentException>(() => new KaldiFbank(new KaldiFbankOptions()).Compute(samples)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Absurdly_loud_sound_stays_finite()
    {
        var fbank = new KaldiFbank(new KaldiFbankOptions { UseLog = false });

        Assert.All(fbank.Compute([.. Tone.Noise(800, seed: 1).Select(sample => sample * 1e38f)]).Values, value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [InlineData(0.05, 10, 0.97, true)]
    [InlineData(25, 0, 0.97, true)]
    [InlineData(25, 10, 1.5, true)]
    [InlineData(25, 10, double.NaN, true)]
    [InlineData(25.0625, 10, 0.97, false)]
    public void Impossible_options_are_refused(double length, double shift, double preemphasis, bool round) => Assert.ThrowsAny<ArgumentException>(() =>
        new KaldiFbank(new KaldiFbankOptions { FrameLengthMs = length, FrameShiftMs = shift, Preemphasis = preemphasis, RoundToPowerOfTwo = round }));

    private static int Loudest(ReadOnlySpan<float> row)
    {
        var best = 0;
        for (var i = 1; i < row.Length; i++) best = row[i] > row[best] ? i : best;
        return best;
    }

    private static KaldiFbankOptions Options(JsonElement json)
    {
        var options = new KaldiFbankOptions();
        foreach (var entry in json.EnumerateObject())
        {
            options = entry.Name switch
            {
                "sample_frequency" => options with { SampleRate = entry.Value.GetDouble() },
                "frame_length" => options with { FrameLengthMs = entry.Value.GetDouble() },
                "frame_shift" => options with { FrameShiftMs = entry.Value.GetDouble() },
                "preemphasis_coefficient" => options with { Preemphasis = entry.Value.GetDouble() },
                "remove_dc_offset" => options with { RemoveDcOffset = entry.Value.GetBoolean() },
                "window_type" => options with { Window = Enum.Parse<WindowShape>(entry.Value.GetString()!, ignoreCase: true) },
                "round_to_power_of_two" => options with { RoundToPowerOfTwo = entry.Value.GetBoolean() },
                "snip_edges" => options with { SnipEdges = entry.Value.GetBoolean() },
                "num_mel_bins" => options with { MelBins = entry.Value.GetInt32() },
                "low_freq" => options with { LowHz = entry.Value.GetDouble() },
                "high_freq" => options with { HighHz = entry.Value.GetDouble() },
                "use_energy" => options with { UseEnergy = entry.Value.GetBoolean() },
                "raw_energy" => options with { RawEnergy = entry.Value.GetBoolean() },
                "energy_floor" => options with { EnergyFloor = entry.Value.GetDouble() },
                "htk_compat" => options with { HtkCompatible = entry.Value.GetBoolean() },
                "use_log_fbank" => options with { UseLog = entry.Value.GetBoolean() },
                "use_power" => options with { UsePower = entry.Value.GetBoolean() },
                "subtract_mean" => options with { SubtractMean = entry.Value.GetBoolean() },
                "dither" when entry.Value.GetDouble() == 0 => options,
                _ => throw new InvalidDataException($"{entry.Name} is no option here"),
            };
        }

        return options;
    }
}
