using Curation.Models.Features;
using Curation.Models.Tests.Features.Support;

namespace Curation.Models.Tests.Features;

public sealed class WhisperLogMelTests
{
    private const double Most = 2e-4;
    private const double Mean = 2e-6;

    [Theory]
    [InlineData("full_nopad.mel80")]
    [InlineData("full_nopad.mel128")]
    [InlineData("short_nopad.mel80")]
    [InlineData("short_pad30s.mel80_first120")]
    [InlineData("full_pad_or_trim.mel80_first1120")]
    [InlineData("odd_length.mel80")]
    [InlineData("long35s_trim30s.mel80_last50")]
    [InlineData("short_melpad.mel80_first60")]
    public void Spectrogram_equals_upstream(string variant)
    {
        var parity = new ParityCase("whisper-logmel");
        var pcm = parity.Floats("pcm");
        var items = parity.Json.GetProperty("items");
        var shortItem = items.GetProperty("short");
        var shortClip = pcm.AsSpan(shortItem.GetProperty("offset").GetInt32(), shortItem.GetProperty("samples").GetInt32()).ToArray();
        var front = new WhisperLogMel(variant.Contains("mel128", StringComparison.Ordinal) ? 128 : 80);
        var mel = variant.Split('.')[0] switch
        {
            "full_nopad" => front.Compute(pcm),
            "short_nopad" => front.Compute(shortClip),
            "short_pad30s" => front.Compute(shortClip, WhisperLogMel.WindowSamples),
            "full_pad_or_trim" => front.Compute(WhisperLogMel.PadOrTrim(pcm)),
            "odd_length" => front.Compute(pcm.AsSpan(0, items.GetProperty("odd_length").GetProperty("samples").GetInt32())),
            "long35s_trim30s" => front.Compute(WhisperLogMel.PadOrTrim(Enumerable.Repeat(pcm, 8).SelectMany(part => part).Take(560_123).ToArray())),
            _ => WhisperLogMel.PadOrTrim(front.Compute(shortClip), 0),
        };

        var shape = parity.Shape(variant);
        var first = variant.Contains("last", StringComparison.Ordinal) ? mel.Columns - shape[1] : 0;
        parity.Near(variant, parity.Floats(variant), WhisperLogMel.PadOrTrim(mel, first, shape[1]).Values, Most, Mean);
    }

    [Fact]
    public void Half_a_minute_has_3000_frames_and_padding_adds_its_own()
    {
        var front = new WhisperLogMel(80);

        Assert.Equal((80, 3000), Shape(front.Compute(new float[WhisperLogMel.WindowSamples])));
        Assert.Equal((80, 3050), Shape(front.Compute(new float[8000], WhisperLogMel.WindowSamples)));
        Assert.Equal((80, 3000), Shape(front.Compute([], WhisperLogMel.WindowSamples)));
    }

    [Fact]
    public void Silence_is_minus_one_and_a_half() =>
        Assert.All(new WhisperLogMel(80).Compute(new float[16_000]).Values, value => Assert.Equal((-10f + 4f) / 4f, value, 1e-6f));

    [Fact]
    public void Values_span_at_most_eight_decades()
    {
        var values = new WhisperLogMel(128).Compute(Tone.Sine(440, 16_000)).Values;

        Assert.Equal(8 / 4.0, values.Max() - values.Min(), 1e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    public void Sound_that_cannot_be_mirrored_is_refused(int samples) =>
        Assert.Throws<ArgumentException>(() => new WhisperLogMel(80).Compute(new float[samples]));

    [Fact]
    public void Sample_that_is_no_number_is_refused() =>
        Assert.Throws<ArgumentException>(() => new WhisperLogMel(80).Compute([float.NaN], 16_000));

    [Fact]
    public void Stretch_behind_the_end_is_zero() =>
        Assert.All(WhisperLogMel.PadOrTrim(new FeatureMatrix(2, 3, [1, 2, 3, 4, 5, 6]), 5, 4).Values, value => Assert.Equal(0, value));

    [Fact]
    public void Stretch_over_the_end_is_filled_up() =>
        Assert.Equal([2, 3, 0, 5, 6, 0], WhisperLogMel.PadOrTrim(new FeatureMatrix(2, 3, [1, 2, 3, 4, 5, 6]), 1, 3).Values);

    private static (int Rows, int Columns) Shape(FeatureMatrix mel) => (mel.Rows, mel.Columns);
}
