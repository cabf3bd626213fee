namespace Curation.Filters.Alignment;

/// <summary>Turns agreement into the chance that the offset is right.</summary>
/// <remarks>
/// Calibrated on 5 to 12 s slices of the real clips with the sound shifted by up to 1.6 s and on pictures with the sound of
/// other clips, so that at 0.5 and above at least nine in ten offsets are right to 0.2 s. Few sources stand behind it.
/// </remarks>
internal static class SyncConfidence
{
    private const double EvenAgreement = 1.12;
    private const double AgreementSlope = 6;
    private const double MarginSlope = 10;

    /// <summary>Chance that a peak is right to 0.2 s.</summary>
    /// <param name="peak">How the peak stands out.</param>
    /// <returns>0..1; at most 0.5 where another lag agrees as well.</returns>
    public static double From(SyncPeak peak) => Logistic(AgreementSlope * (peak.Agreement - EvenAgreement)) * Logistic(MarginSlope * peak.Margin);

    private static double Logistic(double value) => 1 / (1 + Math.Exp(-value));
}
