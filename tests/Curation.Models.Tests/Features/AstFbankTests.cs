using Curation.Models.Features;
using Curation.Models.Tests.Features.Support;

namespace Curation.Models.Tests.Features;

public sealed class AstFbankTests
{
    [Fact]
    public void Features_are_those_of_imagebind_under_another_scale()
    {
        // Both normalise the same filter banks, which parity with upstream proves for ImageBind's option set.
        var parity = new ParityCase("kaldi-fbank");
        var expected = parity.Floats("imagebind_hanning128").Select(value => (value + 4.2677393f) / (2 * 4.5689974f)).ToArray();

        var input = new AstFbank().Compute(parity.Floats("pcm"));

        Assert.Equal((1024, 128), (input.Rows, input.Columns));
        parity.Near("ast, by imagebind_hanning128", expected, input.Values.AsSpan(0, expected.Length), 3e-4, 2e-6);
    }

    [Fact]
    public void Frames_behind_the_end_are_zero_before_the_normalisation()
    {
        var input = new AstFbank().Compute(Tone.Noise(16_000, seed: 4));

        Assert.Equal(4.2677393 / (2 * 4.5689974), input.Row(98)[0], 1e-6);
        Assert.Equal(4.2677393 / (2 * 4.5689974), input.Row(1023)[127], 1e-6);
    }

    [Fact]
    public void What_lies_behind_ten_and_a_quarter_seconds_is_not_heard()
    {
        var sound = Tone.Noise(20 * 16_000, seed: 4);

        Assert.Equal(new AstFbank().Compute(sound).Values, new AstFbank().Compute(sound.AsSpan(0, 11 * 16_000)).Values);
        Assert.NotEqual(4.2677393 / (2 * 4.5689974), new AstFbank().Compute(sound).Row(1023)[0], 1e-3);
    }

    [Fact]
    public void Sound_shorter_than_a_frame_is_refused() => Assert.Throws<ArgumentException>(() => new AstFbank().Compute(new float[399]));
}
