namespace Curation.Filters.Alignment;

/// <summary>Turns the shape of a curve into the chance that its peak is right.</summary>
internal static class SyncConfidence
{
    /// <summary>Chance that a peak is right to 0.2 s.</summary>
    /// <param name="peak">How the peak stands out.</param>
    /// <returns>0..1.</returns>
    public static double From(SyncPeak peak) => 1 / (1 + Math.Exp(-((2 * peak.Margin) + (4 * peak.Stability) - 6)));
}
