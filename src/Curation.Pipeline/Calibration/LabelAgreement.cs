namespace Curation.Pipeline.Calibration;

/// <summary>How a policy as a whole agrees with labels, before and after.</summary>
/// <param name="Source">The file of the labels.</param>
/// <param name="Keeps">Clips labelled keep.</param>
/// <param name="Drops">Clips labelled drop.</param>
/// <param name="KeptKeepsBefore">Keeps that pass the base policy.</param>
/// <param name="KeptDropsBefore">Drops that pass the base policy.</param>
/// <param name="KeptKeepsAfter">Keeps that pass the proposed policy.</param>
/// <param name="KeptDropsAfter">Drops that pass the proposed policy.</param>
public sealed record LabelAgreement(string Source, int Keeps, int Drops, int KeptKeepsBefore, int KeptDropsBefore, int KeptKeepsAfter, int KeptDropsAfter)
{
    /// <summary>The share of keeps among those that pass the base policy.</summary>
    public WilsonInterval PrecisionBefore => WilsonInterval.Of(KeptKeepsBefore, KeptKeepsBefore + KeptDropsBefore);

    /// <summary>The share of keeps that pass the base policy.</summary>
    public WilsonInterval RecallBefore => WilsonInterval.Of(KeptKeepsBefore, Keeps);

    /// <summary>The share of keeps among those that pass the proposed policy.</summary>
    public WilsonInterval PrecisionAfter => WilsonInterval.Of(KeptKeepsAfter, KeptKeepsAfter + KeptDropsAfter);

    /// <summary>The share of keeps that pass the proposed policy.</summary>
    public WilsonInterval RecallAfter => WilsonInterval.Of(KeptKeepsAfter, Keeps);
}
