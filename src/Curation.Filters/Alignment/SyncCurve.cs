namespace Curation.Filters.Alignment;

/// <summary>How well picture and sound agree at every lag: the evidence behind an estimate, drawn on the dashboard and added up over a source's clips.</summary>
/// <param name="FirstLagSeconds">Lag of the first value; positive lags have the sound late.</param>
/// <param name="StepSeconds">Distance between lags.</param>
/// <param name="Scores">Agreement of the best twentieth of the blocks, a correlation times the root of the overlap in seconds; its best lag is the offset.</param>
/// <param name="Envelope">Cross-validated agreement of how loudness and motion go, in the same unit: blocks are chosen in three quarters of the clip and counted in the fourth, so that chance gives 0.</param>
/// <param name="Onset">The same of where sound and motion start.</param>
public sealed record SyncCurve(double FirstLagSeconds, double StepSeconds, IReadOnlyList<float> Scores, IReadOnlyList<float> Envelope, IReadOnlyList<float> Onset)
{
    /// <summary>The lag of a value.</summary>
    /// <param name="index">Index into the curve.</param>
    /// <returns>Seconds; positive where the sound is late.</returns>
    public double LagSeconds(int index) => FirstLagSeconds + (index * StepSeconds);

    /// <summary>Agreement on which both views must agree: the geometric mean of the two cross-validated curves.</summary>
    /// <param name="index">Index into the curve.</param>
    /// <returns>0 where either of them is not above chance.</returns>
    public double Agreement(int index) => Math.Sqrt(Math.Max(0, (double)Envelope[index]) * Math.Max(0, (double)Onset[index]));
}
