namespace Curation.Pipeline.Calibration;

/// <summary>What a bound makes of labelled clips, taken as saying "keep" of those it lets pass.</summary>
/// <param name="Threshold">The last value that passes.</param>
/// <param name="Next">The first value that does not; null where all pass.</param>
/// <param name="KeptKeeps">Clips labelled keep that pass.</param>
/// <param name="KeptDrops">Clips labelled drop that pass.</param>
/// <param name="Keeps">All clips labelled keep.</param>
/// <param name="Drops">All clips labelled drop.</param>
public sealed record PrecisionRecallPoint(double Threshold, double? Next, int KeptKeeps, int KeptDrops, int Keeps, int Drops)
{
    /// <summary>The share of keeps among those that pass.</summary>
    public WilsonInterval Precision => WilsonInterval.Of(KeptKeeps, KeptKeeps + KeptDrops);

    /// <summary>The share of keeps that pass.</summary>
    public WilsonInterval Recall => WilsonInterval.Of(KeptKeeps, Keeps);

    /// <summary>Youden's J: the share of keeps that pass less the share of drops that do. 0 says nothing, 1 all.</summary>
    public double Youden => Keeps == 0 || Drops == 0 ? 0 : ((double)KeptKeeps / Keeps) - ((double)KeptDrops / Drops);
}
