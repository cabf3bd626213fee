using Curation.Pipeline.Planning;
using Curation.Pipeline.Policies;
using Curation.Pipeline.Runs;

namespace Curation.Silo.Commands;

/// <summary>Everything a finished plan says.</summary>
/// <param name="Run">The run that is planned.</param>
/// <param name="Design">The input and its sample.</param>
/// <param name="Sources">What came of each sampled source.</param>
/// <param name="Costs">What the sample took.</param>
/// <param name="Basis">Cores and prices.</param>
/// <param name="Stages">Seconds of each stage over the sample, each piece of work counted by itself.</param>
/// <param name="Forecast">The forecast.</param>
/// <param name="Drift">The comparison with an earlier snapshot; null where none was asked for.</param>
/// <param name="Warnings">What is odd.</param>
internal sealed record PlanResult(
    RunPlan Run, SampleDesign Design, IReadOnlyList<SampledSource> Sources, SampleCosts Costs, PlanCosts Basis, IReadOnlyDictionary<string, double> Stages,
    PlanForecast Forecast, DriftReport? Drift, IReadOnlyList<PlanWarning> Warnings)
{
    /// <summary>The prices; null where the policy names none.</summary>
    public PriceTable? Prices => Basis.Prices;

    /// <summary>Why there are no core hours; null where there are.</summary>
    public string? NoCoreHours => Forecast.CoreHours is null ? "not measured: this system does not tell what child processes used" : null;

    /// <summary>Why there are no GPU hours; null where there are.</summary>
    public string? NoGpuHours => Forecast.GpuHours is null ? "not measured: no model ran on a GPU here" : null;
}
