namespace Curation.Filters.Alignment;

/// <summary>How well picture and sound agree at every lag: the evidence behind an estimate, drawn on the dashboard and added up over a source's clips.</summary>
/// <param name="FirstLagSeconds">Lag of the first score; positive lags have the sound late.</param>
/// <param name="StepSeconds">Distance between lags.</param>
/// <param name="Scores">Agreement in standard deviations of the agreement at wrong lags.</param>
public sealed record SyncCurve(double FirstLagSeconds, double StepSeconds, IReadOnlyList<float> Scores)
{
    /// <summary>The lag of a score.</summary>
    /// <param name="index">Index into <see cref="Scores"/>.</param>
    /// <returns>Seconds; positive where the sound is late.</returns>
    public double LagSeconds(int index) => FirstLagSeconds + (index * StepSeconds);
}
