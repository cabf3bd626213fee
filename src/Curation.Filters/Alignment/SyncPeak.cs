namespace Curation.Filters.Alignment;

/// <summary>How far the best lag stands out: what the confidence is made from.</summary>
/// <param name="Agreement">Cross-validated agreement at the best lag, <see cref="SyncCurve.Agreement"/>; wrong pairs of real clips mostly stay below 1.15.</param>
/// <param name="Margin">How much less the best lag more than 0.3 s away agrees; 0 or less where sound or motion repeats.</param>
public readonly record struct SyncPeak(double Agreement, double Margin);
