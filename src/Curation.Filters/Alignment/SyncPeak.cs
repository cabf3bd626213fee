namespace Curation.Filters.Alignment;

/// <summary>How far the best lag stands out: what the confidence is made from.</summary>
/// <param name="Height">Score of the best lag in standard deviations of the scores of all other lags.</param>
/// <param name="Margin">How far, in the same unit, the best lag is above the best one more than 0.3 s away; small for sounds that repeat.</param>
/// <param name="Stability">Share of the four leave-a-quarter-out estimates that fall within 0.2 s of the whole, 0..1.</param>
public readonly record struct SyncPeak(double Height, double Margin, double Stability);
