using System.Globalization;
using Curation.Models.Features;
using Curation.Models.Tests.Features.Support;

namespace Curation.Models.Tests.Features;

public sealed class SenseVoiceFrontendTests
{
    [Theory]
    [InlineData("full")]
    [InlineData("one_window")]
    [InlineData("w_plus_1hop")]
    [InlineData("20ms")]
    [InlineData("1s")]
    [InlineData("1p01s")]
    [InlineData("1p02s")]
    [InlineData("odd")]
    public void Input_equals_funasr(string variant)
    {
        var parity = new ParityCase("sensevoice-frontend");
        var item = parity.Json.GetProperty("items").GetProperty(variant);
        var samples = parity.Floats("pcm").AsSpan(item.GetProperty("offset").GetInt32(), item.GetProperty("samples").GetInt32());
        var frontend = new SenseVoiceFrontend(KaldiCmvn.Parse(File.ReadAllText(parity.Media("am.mvn"))));

        var input = frontend.Compute(samples);

        Assert.Equal((item.GetProperty("frames_out").GetInt32(), 560), (input.Rows, input.Columns));
        Assert.Equal(item.GetProperty("fbank_frames").GetInt32(), SenseVoiceFrontend.Fbank(samples).Rows);
        parity.Near($"{variant}.out", parity.Floats($"{variant}.out"), input.Values, 2e-3);
        if (variant is "full" or "1s") parity.Near($"{variant}.fbank", parity.Floats($"{variant}.fbank"), SenseVoiceFrontend.Fbank(samples).Values, 5e-3, 2e-5);
    }

    [Fact]
    public void Stacking_equals_funasr_for_every_length()
    {
        var parity = new ParityCase("sensevoice-frontend");
        for (var frames = 1; frames <= 20; frames++)
        {
            var counted = new FeatureMatrix(frames, 3, [.. Enumerable.Range(0, 3 * frames).Select(i => (float)i)]);

            Assert.Equal(parity.Floats(string.Create(CultureInfo.InvariantCulture, $"lfr_T{frames}")), SenseVoiceFrontend.Stack(counted).Values);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(399, 1)]
    public void Very_short_sound_has_one_row_or_none(int samples, int rows) =>
        Assert.Equal(rows, Plain().Compute(Tone.Noise(samples, seed: 2)).Rows);

    [Fact]
    public void Every_short_length_is_finite()
    {
        for (var samples = 2; samples < 400; samples++) Assert.All(Plain().Compute(Tone.Noise(samples, seed: 2)).Values, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Sample_that_is_no_number_is_refused() => Assert.Throws<ArgumentException>(() => Plain().Compute([float.NaN, 0, 0]));

    [Fact]
    public void Statistics_of_another_size_are_refused() => Assert.Throws<ArgumentException>(() => new SenseVoiceFrontend(new KaldiCmvn([0], [1])));

    private static SenseVoiceFrontend Plain() =>
        new(new KaldiCmvn([.. Enumerable.Repeat(0f, 560)], [.. Enumerable.Repeat(1f, 560)]));
}
