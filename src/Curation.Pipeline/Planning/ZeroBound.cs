namespace Curation.Pipeline.Planning;

/// <summary>What may have been missed where a sample met nothing of a kind.</summary>
/// <remarks>
/// The exact bound for draws without replacement: the largest number of such units that a sample still misses with 5 %. Of a whole that is large beside the
/// sample it is the rule of three, 3/n (Hanley and Lippman-Hand 1983, "If nothing goes wrong, is everything all right?", JAMA 249(13)).
/// </remarks>
public static class ZeroBound
{
    /// <summary>Probability that there are more than the bound says.</summary>
    public const double Risk = 0.05;

    /// <summary>The largest share of units that may be of the kind.</summary>
    /// <param name="sampled">Units that were looked at; 0 and above.</param>
    /// <param name="population">All units; 1 and above, at least as many.</param>
    /// <returns>0..1; 0 where every unit was looked at.</returns>
    public static double Share(long sampled, long population)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sampled);
        ArgumentOutOfRangeException.ThrowIfLessThan(population, Math.Max(1, sampled));

        var (possible, refuted) = (0L, population - sampled + 1);
        while (refuted - possible > 1)
        {
            var middle = possible + ((refuted - possible) / 2);
            if (Missed(middle, sampled, population) >= Risk) possible = middle;
            else refuted = middle;
        }

        return (double)possible / population;
    }

    // The probability that a sample meets none of so many.
    private static double Missed(long units, long sampled, long population)
    {
        var probability = 1.0;
        for (var draw = 0L; draw < sampled && probability >= Risk; draw++) probability *= (double)(population - units - draw) / (population - draw);
        return probability;
    }
}
