using Klear.Model.Codecs.Transform;

namespace Klear.Model.Tests.Codecs.Transform;

public sealed class CosineBasisTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public void Rows_are_orthonormal(int size)
    {
        foreach (var basis in new[] { CosineBasis.Second(size), CosineBasis.Modulated(size) })
        {
            for (var a = 0; a < size; a++)
            {
                for (var b = 0; b < size; b++) Assert.Equal(a == b ? 1 : 0, Enumerable.Range(0, size).Sum(n => basis[a, n] * basis[b, n]), 12);
            }
        }
    }

    [Fact]
    public void Second_of_three_colours_is_luma_and_two_differences()
    {
        var basis = CosineBasis.Second(3);

        double[] expected = [1 / Math.Sqrt(3), 1 / Math.Sqrt(3), 1 / Math.Sqrt(3), 1 / Math.Sqrt(2), 0, -1 / Math.Sqrt(2), 1 / Math.Sqrt(6), -2 / Math.Sqrt(6), 1 / Math.Sqrt(6)];
        Assert.Equal(expected, basis.Cast<double>(), (a, b) => Math.Abs(a - b) < 1e-12);
    }
}
