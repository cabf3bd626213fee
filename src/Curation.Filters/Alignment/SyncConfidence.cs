namespace Curation.Filters.Alignment;

/// <summary>Turns agreement into the chance that the offset is right.</summary>
/// <remarks>
/// Tuned on 5 to 12 s slices of five real clips with the sound shifted by up to 1.6 s and on pictures with the sound of other
/// clips. On these same clips, 97 of 100 offsets at 0.5 and above were right to 0.2 s, and 3 of 1,817 wrong pairs got there. With
/// the even agreement chosen without a source and tried on it, only 107 of 130 were right: all that is right comes from two
/// sources, a barking dog and a talking face, so treat the numbers as uncalibrated for other material.
/// </remarks>
internal static class SyncConfidence
{
    /// <summary>Agreement at which the confidence is even; 7 of the 1,817 wrong pairs reach it. Uncalibrated beyond them.</summary>
    private const double EvenAgreement = 1.15;

    /// <summary>Uncalibrated.</summary>
    private const double AgreementSlope = 8;

    /// <summary>Share of its agreement by which the best lag must beat the next one; below it, the clip repeats. Uncalibrated.</summary>
    private const double EvenMargin = 0.2;

    /// <summary>Uncalibrated.</summary>
    private const double MarginSlope = 20;

    /// <summary>Chance that a peak is right to 0.2 s.</summary>
    /// <param name="peak">How the peak stands out.</param>
    /// <returns>0..1; near 0 where another lag agrees as well.</returns>
    public static double From(SyncPeak peak)
    {
        if (peak.Agreement <= 0) return 0;

        var agreement = Logistic(AgreementSlope * (peak.Agreement - EvenAgreement));
        var margin = Logistic(MarginSlope * ((peak.Margin / peak.Agreement) - EvenMargin));
        return agreement * margin;
    }

    private static double Logistic(double value) => 1 / (1 + Math.Exp(-value));
}
