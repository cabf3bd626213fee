namespace Curation.Pipeline.Planning;

/// <summary>Whether two samples of a number were drawn from one distribution, whatever it looks like.</summary>
/// <remarks>The two-sample test of Smirnov 1939 with the large-sample approximation of Stephens 1970, as in Press et al., "Numerical Recipes", 14.3; good from four effective values on.</remarks>
public static class SmirnovTest
{
    /// <summary>The largest gap between two distributions.</summary>
    /// <param name="first">Values and their weights, which are above 0; not empty.</param>
    /// <param name="second">The same of the other one; not empty.</param>
    /// <returns>0..1.</returns>
    public static double Gap(IEnumerable<(double Value, double Weight)> first, IEnumerable<(double Value, double Weight)> second)
    {
        var (left, right) = (Sorted(first), Sorted(second));
        if (left.Length == 0 || right.Length == 0) throw new ArgumentException("A distribution has at least one value.");

        var (allLeft, allRight) = (left.Sum(entry => entry.Weight), right.Sum(entry => entry.Weight));
        var (i, j, belowLeft, belowRight, gap) = (0, 0, 0.0, 0.0, 0.0);
        while (i < left.Length && j < right.Length)
        {
            var value = Math.Min(left[i].Value, right[j].Value);
            for (; i < left.Length && left[i].Value <= value; i++) belowLeft += left[i].Weight;
            for (; j < right.Length && right[j].Value <= value; j++) belowRight += right[j].Weight;
            gap = Math.Max(gap, Math.Abs((belowLeft / allLeft) - (belowRight / allRight)));
        }

        return Math.Min(1, gap);
    }

    /// <summary>Probability of such a gap, or a larger one, where there is no difference.</summary>
    /// <param name="gap">See <see cref="Gap"/>.</param>
    /// <param name="first">Independent values of the one; 1 and above.</param>
    /// <param name="second">Of the other; 1 and above.</param>
    /// <returns>0..1.</returns>
    public static double Probability(double gap, double first, double second)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(second, 1);

        var root = Math.Sqrt(first * second / (first + second));
        return Beyond((root + 0.12 + (0.11 / root)) * gap);
    }

    /// <summary>Kolmogorov's distribution: the probability that is left beyond a number.</summary>
    /// <param name="lambda">0 and above.</param>
    /// <returns>0..1.</returns>
    public static double Beyond(double lambda)
    {
        // The sum converges too slowly for small numbers, where hardly anything is missing to 1.
        if (lambda < 0.2) return 1;

        var (sum, sign) = (0.0, 1.0);
        for (var k = 1; k <= 100; k++)
        {
            var term = Math.Exp(-2 * k * k * lambda * lambda);
            sum += sign * term;
            sign = -sign;
            if (term < 1e-16) break;
        }

        return Math.Clamp(2 * sum, 0, 1);
    }

    private static (double Value, double Weight)[] Sorted(IEnumerable<(double Value, double Weight)> values) => [.. values.OrderBy(entry => entry.Value)];
}
