using Curation.Clips.Spectra;

namespace Curation.Clips.Tests.Spectra;

public sealed class RealFftTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(512)]
    [InlineData(1024)]
    public void Transform_noise_equals_the_defining_sum(int size)
    {
        var samples = Noise(1, size, 3);
        var transform = new RealFft(size);
        float[] real = new float[transform.Bins], imaginary = new float[transform.Bins];

        transform.Transform(samples, real, imaginary);

        for (var k = 0; k < transform.Bins; k++)
        {
            double expectedReal = 0, expectedImaginary = 0;
            for (var i = 0; i < size; i++)
            {
                expectedReal += samples[i] * Math.Cos(2 * Math.PI * k * i / size);
                expectedImaginary -= samples[i] * Math.Sin(2 * Math.PI * k * i / size);
            }

            Assert.Equal(expectedReal, real[k], 1e-3);
            Assert.Equal(expectedImaginary, imaginary[k], 1e-3);
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(1024)]
    public void PowerOfPair_two_noises_equals_the_sum_of_their_powers(int size)
    {
        var first = Noise(1, size, 4);
        var second = Noise(0.3f, size, 5);
        var transform = new RealFft(size);
        float[] one = new float[transform.Bins], other = new float[transform.Bins], both = new float[transform.Bins];

        transform.Power(first, one);
        transform.Power(second, other);
        transform.PowerOfPair(first, second, both);

        for (var k = 0; k < transform.Bins; k++) Assert.Equal(one[k] + other[k], both[k], 1e-2 + (1e-4 * both[k]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Construction_length_that_is_no_power_of_two_is_refused(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RealFft(size));

    private static float[] Noise(float peak, int samples, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, samples).Select(_ => peak * ((2 * random.NextSingle()) - 1))];
    }
}
