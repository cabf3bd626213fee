namespace Klear.Model.Training.Plans;

/// <summary>Shares out a whole in given proportions within bounds.</summary>
internal static class WaterFilling
{
    /// <summary>Finds the one factor for which the proportions times it, held within their bounds, sum to 1.</summary>
    /// <param name="proportions">Above 0 and finite.</param>
    /// <param name="floors">Least shares, 0 or more, with a sum of at most 1.</param>
    /// <param name="ceilings">Largest shares, none below its floor, with a sum of at least 1.</param>
    /// <returns>The shares: those that no bound holds stand in the given proportions.</returns>
    public static double[] Shares(double[] proportions, double[] floors, double[] ceilings)
    {
        // The sum grows with the factor in straight pieces between the factors at which a share meets a bound.
        var bends = floors.Zip(proportions, (floor, p) => floor / p).Concat(ceilings.Zip(proportions, (ceiling, p) => ceiling / p)).Order().ToArray();
        var end = Array.FindIndex(bends, factor => At(factor).Sum() >= 1);
        if (end < 0) return At(bends[^1]);
        if (end == 0) return At(bends[0]);

        var (low, high) = (bends[end - 1], bends[end]);
        var free = Enumerable.Range(0, proportions.Length).Where(i => floors[i] / proportions[i] <= low && ceilings[i] / proportions[i] >= high).ToHashSet();
        var held = Enumerable.Range(0, proportions.Length).Where(i => !free.Contains(i)).Sum(i => Math.Clamp(proportions[i] * high, floors[i], ceilings[i]));
        return At(free.Count == 0 ? high : (1 - held) / free.Sum(i => proportions[i]));

        double[] At(double factor) => [.. proportions.Select((p, i) => Math.Clamp(p * factor, floors[i], ceilings[i]))];
    }
}
