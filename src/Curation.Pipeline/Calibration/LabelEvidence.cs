using System.Globalization;

namespace Curation.Pipeline.Calibration;

/// <summary>When labels say enough to set a bound.</summary>
/// <remarks>
/// The largest Youden's J over all thresholds is the one-sided Kolmogorov-Smirnov statistic D+ of the values of keeps against those of drops.
/// Where a measurement says nothing, P(D+ >= d) is about exp(-2 d^2 nm/(n+m)) for n keeps and m drops (Smirnov 1939), and ties only make it smaller.
/// With 20 of each a J of 0.39 is told from chance at 5 %. What parts the classes by less is of little use as a limit, and with fewer
/// labels not even 0.4 could be told, so nothing is set by fewer.
/// </remarks>
internal static class LabelEvidence
{
    /// <summary>Labels of each class that a bound needs: the smallest round number at which J = 0.4 is told from chance, ln(1/0.05)/0.4^2 = 18.7.</summary>
    public const int LeastOfEach = 20;

    // One bound among all that are tried moves by chance with this probability at most (Bonferroni).
    private const double Risk = 0.05;

    /// <summary>Whether there are labels enough.</summary>
    public static bool IsEnough(PrecisionRecallCurve curve) => curve.Keeps >= LeastOfEach && curve.Drops >= LeastOfEach;

    /// <summary>Whether the bound alone tells keeps from drops better than chance.</summary>
    public static bool IsTold(PrecisionRecallCurve curve, int tried) =>
        IsEnough(curve) && curve.Best!.Youden >= NeededYouden(curve.Keeps, curve.Drops, tried);

    /// <summary>Whether a change of the policy's J is more than chance: beyond sqrt(2 ln(tried/0.05)) of its deviations, which a normal variable is with at most that risk.</summary>
    /// <param name="moreKeeps">Change of the share of keeps that pass.</param>
    /// <param name="moreDrops">Change of the share of drops that pass.</param>
    /// <param name="keeps">Clips labelled keep.</param>
    /// <param name="drops">Clips labelled drop.</param>
    /// <param name="tried">Bounds that are tried on the same labels.</param>
    /// <remarks>The clips that change sides are counted as in McNemar 1947: their number has itself as variance.</remarks>
    public static bool IsGain(double moreKeeps, double moreDrops, int keeps, int drops, int tried) =>
        moreKeeps - moreDrops >= Math.Sqrt(2 * Math.Log(tried / Risk) * ((Math.Abs(moreKeeps) / keeps) + (Math.Abs(moreDrops) / drops)));

    /// <summary>What is missing, in words.</summary>
    public static string Missing(PrecisionRecallCurve curve) =>
        string.Create(CultureInfo.InvariantCulture, $"n = {curve.Keeps} keeps, {curve.Drops} drops: at least {LeastOfEach} of each needed");

    /// <summary>The J that is needed.</summary>
    /// <param name="keeps">Clips labelled keep.</param>
    /// <param name="drops">Clips labelled drop.</param>
    /// <param name="tried">Bounds that are tried on the same labels.</param>
    public static double NeededYouden(int keeps, int drops, int tried) =>
        Math.Sqrt(Math.Log(tried / Risk) / 2 * (keeps + drops) / ((double)keeps * drops));
}
