namespace Curation.Pipeline.Planning;

/// <summary>Student's distribution, as far as intervals need it.</summary>
/// <remarks>Abramowitz and Stegun 1964: its probabilities are the finite sums 26.7.3 and 26.7.4, the normal's are 7.1.26 (error below 1.5e-7).</remarks>
internal static class StudentT
{
    // Above it the two distributions are one for our purposes, and the sums grow long.
    private const int MostDegrees = 1000;

    /// <summary>P(|T| at most t).</summary>
    /// <param name="t">0 and above.</param>
    /// <param name="degrees">Degrees of freedom, 1 and above.</param>
    public static double Within(double t, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(t);
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        if (degrees > MostDegrees) return 1 - (2 * NormalBelow(-t));

        var angle = Math.Atan(t / Math.Sqrt(degrees));
        var (sine, cosine) = Math.SinCos(angle);
        var (sum, term) = (0.0, degrees % 2 == 0 ? 1.0 : cosine);
        for (var power = degrees % 2 == 0 ? 0 : 1; power <= degrees - 2; power += 2)
        {
            sum += term;
            term *= cosine * cosine * (power + 1) / (power + 2);
        }

        return degrees % 2 == 0 ? sine * sum : 2 / Math.PI * (angle + (sine * sum));
    }

    /// <summary>The t that lies with a probability between it and its negative.</summary>
    /// <param name="probability">Above 0, below 1.</param>
    /// <param name="degrees">Degrees of freedom, 1 and above.</param>
    public static double TwoSided(double probability, int degrees)
    {
        if (probability is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies between 0 and 1.");

        var (low, high) = (0.0, 1.0);
        while (Within(high, degrees) < probability) high *= 2;
        for (var step = 0; step < 100; step++)
        {
            var middle = (low + high) / 2;
            if (Within(middle, degrees) < probability) low = middle;
            else high = middle;
        }

        return high;
    }

    /// <summary>Share of a standard normal below a number.</summary>
    /// <param name="z">At most 0.</param>
    public static double NormalBelow(double z)
    {
        if (z > 0) throw new ArgumentOutOfRangeException(nameof(z), z, "Only the lower half is needed.");

        var x = -z / Math.Sqrt(2);
        var t = 1 / (1 + (0.3275911 * x));
        var polynomial = t * (0.254829592 + (t * (-0.284496736 + (t * (1.421413741 + (t * (-1.453152027 + (t * 1.061405429))))))));
        return polynomial * Math.Exp(-x * x) / 2;
    }
}
