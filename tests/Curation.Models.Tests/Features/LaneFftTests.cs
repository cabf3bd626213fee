using System.Numerics;
using Curation.Models.Features;

namespace Curation.Models.Tests.Features;

public sealed class LaneFftTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(400)]
    [InlineData(512)]
    [InlineData(1024)]
    [InlineData(1102)]
    public void Power_equals_the_definition_of_the_transform(int size)
    {
        var random = new Random(size);
        var samples = new Vector<double>[size];
        for (var i = 0; i < size; i++) samples[i] = new Vector<double>(Enumerable.Range(0, LaneFft.Lanes).Select(_ => random.NextDouble() - 0.5).ToArray());
        var fft = new LaneFft(size);
        var power = new Vector<double>[fft.Bins];

        fft.Power(samples.ToArray(), power, new Vector<double>[size]);

        for (var lane = 0; lane < LaneFft.Lanes; lane++)
        {
            for (var k = 0; k < fft.Bins; k += Math.Max(1, fft.Bins / 16))
            {
                var sum = Complex.Zero;
                for (var i = 0; i < size; i++) sum += samples[i][lane] * Complex.FromPolarCoordinates(1, -2 * Math.PI * i * k / size);
                Assert.Equal(sum.Magnitude * sum.Magnitude, power[k][lane], 1e-10 * size);
            }
        }
    }

    [Fact]
    public void Odd_length_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new LaneFft(401));
}
