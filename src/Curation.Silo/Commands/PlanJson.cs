using Curation.Pipeline.Planning;

namespace Curation.Silo.Commands;

/// <summary>The one object that <c>curate plan --json</c> prints; its names are a contract.</summary>
internal static class PlanJson
{
    private const int Digits = 6;

    public static string Of(PlanResult result, PlanArguments arguments)
    {
        var (design, forecast) = (result.Design, result.Forecast);
        return DatasetSession.Json(new
        {
            result.Run.Input,
            Policy = new { result.Run.Policy.Name, result.Run.Policy.Sha256 },
            Confidence = StratifiedSample.Confidence,
            Sample = new
            {
                Sources = design.Sampled,
                Of = design.Listed,
                Census = design.IsCensus,
                design.Seed,
                StratifiedBy = design.Kind.ToString().ToLowerInvariant(),
                Bytes = design.HasSizes ? design.Bytes : (long?)null,
                Unreadable = design.Unreadable,
                Duplicates = result.Sources.Count(source => source.IsDuplicate),
                WallSeconds = Round(result.Costs.WallSeconds),
                CoreSeconds = Round(result.Costs.CoreSeconds),
                Cores = Environment.ProcessorCount,
                Utilisation = Round(result.Basis.Utilisation),
                StageSeconds = result.Stages.ToDictionary(stage => stage.Key, stage => Round(stage.Value)),
                Dataset = arguments.Keep is { } keep ? Path.GetFullPath(keep) : null,
            },
            Forecast = new
            {
                forecast.Sources,
                Quarantined = Number(forecast.Quarantined),
                Clips = Number(forecast.Clips),
                Retained = Number(forecast.Retained),
                Held = Number(forecast.Held),
                Rejected = Number(forecast.Rejected),
                RetainedShare = Number(forecast.RetainedShare),
                BySplit = Numbers(forecast.BySplit),
                ByFilter = Numbers(forecast.ByFilter),
                MediaHours = Number(forecast.MediaHours),
                RetainedHours = Number(forecast.RetainedHours),
                RetainedHoursBySplit = Numbers(forecast.RetainedHoursBySplit),
                CoreHours = Number(forecast.CoreHours),
                GpuHours = Number(forecast.GpuHours),
                result.Basis.Cores,
                WallHours = Number(forecast.WallHours),
                StorageBytes = Number(forecast.StoredBytes),
                MediaBytes = Number(forecast.MediaBytes),
                Requests = Number(forecast.Requests),
            },
            NotMeasured = new { CoreHours = result.NoCoreHours, GpuHours = result.NoGpuHours, AbsentSlots = PlanListing.AbsentSlots(result.Run) },
            Cost = result.Prices is { } prices ? new { prices.Currency, Once = Number(forecast.CostOnce), StorageMonth = Number(forecast.CostMonth), Prices = new { prices.CoreHour, prices.GpuHour, prices.StorageGbMonth, prices.Request } } : null,
            Strata = forecast.Strata.Select(stratum => new { stratum.Name, stratum.Sources, stratum.Bytes, stratum.Sampled, stratum.Quarantined, Clips = Round(stratum.Clips), Retained = Round(stratum.Retained) }),
            Quarantined = result.Sources.Where(source => source.Failure is not null).Select(source => new { source.Uri, source.Failure!.Stage, source.Failure.Reason })
                .Concat(design.UnreadableExamples.Select(item => new { item.Uri, Stage = Pipeline.Sources.SourceItem.OpenStage, Reason = item.Problem! })),
            Drift = result.Drift is { } drift ? new
            {
                drift.Dataset,
                drift.Snapshot,
                RetainedShare = Round(drift.RetainedShare),
                drift.Notes,
                Measurements = drift.Measurements.Select(measurement => new { measurement.Name, measurement.Unit, measurement.HasMoved, measurement.From, measurement.To, Gap = Round(measurement.Gap), Dominance = Round(measurement.Dominance), measurement.Size, measurement.Probability }),
            } : null,
            result.Warnings,
        });
    }

    private static object? Number(Estimate? estimate) => estimate is null ? null : new
    {
        Value = Round(estimate.Value),
        Low = Round(estimate.Low),
        High = Round(estimate.High),
        Method = estimate.Method switch
        {
            EstimateMethod.Exact => "exact",
            EstimateMethod.Measured => "measured",
            EstimateMethod.Expansion => "expansion",
            EstimateMethod.Ratio => "ratio",
            _ => "zero_bound",
        },
    };

    private static Dictionary<string, object?> Numbers(IReadOnlyDictionary<string, Estimate> estimates) => estimates.ToDictionary(estimate => estimate.Key, estimate => Number(estimate.Value), StringComparer.Ordinal);

    private static double? Round(double? value) => value is { } number ? Math.Round(number, Digits) : null;
}
