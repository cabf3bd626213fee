using Curation.Models.Features;
using Curation.Models.Tests.Features.Support;

namespace Curation.Models.Tests.Features;

public sealed class ImageBindAudioTests
{
    [Theory]
    [InlineData("dog_audio")]
    [InlineData("bird_audio")]
    [InlineData("short_1p3s_16k")]
    public async Task Input_equals_upstream(string name)
    {
        var parity = new ParityCase("imagebind-preprocess");
        var item = parity.Json.GetProperty("items").GetProperty(name);
        var channels = await Decoded.ChannelsAsync(parity.Media($"{name}.wav"), item.GetProperty("channels").GetInt32());
        Assert.Equal(item.GetProperty("samples").GetInt32(), channels[0].Length);

        var input = new ImageBindAudio().Compute(channels, item.GetProperty("sample_rate").GetInt32());

        var recorded = parity.Json.GetProperty("float32_vs_float64").GetProperty(name);
        var (most, mean) = ((3 * recorded.GetProperty("max_abs").GetDouble()) + 1e-4, (3 * recorded.GetProperty("mean_abs").GetDouble()) + 1e-6);
        parity.Near($"{name}.out", parity.Floats($"{name}.out"), input, most, mean);
        parity.Near($"{name}.clip0_computed_in_float64", parity.Floats($"{name}.clip0_computed_in_float64"), input.AsSpan(0, 128 * 204), most, mean);
    }

    [Theory]
    [InlineData("dog_audio")]
    [InlineData("bird_audio")]
    [InlineData("short_1p3s_16k")]
    public void Stretches_are_those_of_upstream(string name)
    {
        var item = new ParityCase("imagebind-preprocess").Json.GetProperty("items").GetProperty(name);
        var samples = item.GetProperty("resampled_samples").GetInt32();

        for (var clip = 0; clip < ImageBindAudio.Clips; clip++)
        {
            var bounds = item.GetProperty("clip_bounds_samples")[clip];
            var (start, length) = ImageBindAudio.Span(samples, clip);
            Assert.Equal((bounds[0].GetInt32(), Math.Min(samples, bounds[1].GetInt32())), (start, start + length));
        }
    }

    [Fact]
    public void Constant_offset_changes_nothing_but_rounding()
    {
        var sound = Tone.Noise(32_000, seed: 5);
        var plain = new ImageBindAudio().Compute(sound, 16_000);

        var raised = new ImageBindAudio().Compute([.. sound.Select(sample => sample + 0.25f)], 16_000);

        Assert.Equal(0, plain.Zip(raised, (a, b) => Math.Abs(a - b)).Max(), 1e-3);
    }

    [Fact]
    public void Padding_is_zero_before_the_normalisation() =>
        Assert.Equal(4.268 / 9.138, new ImageBindAudio().Compute(new float[400], 16_000)[203], 1e-6);

    [Theory]
    [InlineData(0)]
    [InlineData(399)]
    public void Sound_shorter_than_a_frame_is_refused(int samples) =>
        Assert.Throws<ArgumentException>(() => new ImageBindAudio().Compute(new float[samples], 16_000));

    [Fact]
    public void Sample_that_is_no_number_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ImageBindAudio().Compute([.. Enumerable.Repeat(float.NaN, 1000)], 16_000));
}
