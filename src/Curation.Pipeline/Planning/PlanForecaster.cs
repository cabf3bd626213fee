using Curation.Clips;

namespace Curation.Pipeline.Planning;

/// <summary>Extrapolates a sample to all sources of its input.</summary>
public static class PlanForecaster
{
    private const double SecondsPerHour = 3600;
    private const double BytesPerGigabyte = 1e9;

    /// <summary>Forecasts.</summary>
    /// <param name="design">The input and its sample.</param>
    /// <param name="sources">What came of each sampled source.</param>
    /// <param name="costs">Cores and prices.</param>
    /// <returns>The forecast.</returns>
    /// <exception cref="ArgumentException">The sources are not those of the design.</exception>
    public static PlanForecast Forecast(SampleDesign design, IReadOnlyList<SampledSource> sources, PlanCosts costs)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(costs);

        var bytes = design.HasSizes ? sources.Select(source => (double)(source.Bytes ?? 0)).ToList() : null;
        var sample = new StratifiedSample([.. design.Strata.Select(stratum => stratum.Sources)], [.. sources.Select(source => source.Stratum)], bytes, design.Bytes, design.Seed);
        var clips = Clips();
        var media = Total(source => source.MediaSeconds).Times(1 / SecondsPerHour);
        var core = sources.All(source => source.CoreSeconds is not null) ? Work(source => source.CoreSeconds!.Value).Times(1 / SecondsPerHour) : null;
        var gpu = sources.All(source => source.GpuSeconds is not null) ? Work(source => source.GpuSeconds!.Value).Times(1 / SecondsPerHour) : null;
        var stored = Total(source => source.StoredBytes);
        return new PlanForecast
        {
            Sources = design.Listed,
            Quarantined = Bounded(source => source.Failure is null ? 0 : 1, design.Sources).Plus(design.Unreadable),
            Clips = clips,
            Retained = Bounded(source => source.Retained.Values.Sum(), clips.Value),
            Held = Bounded(source => source.Held, clips.Value),
            Rejected = Bounded(source => source.Rejected.Values.Sum(), clips.Value),
            RetainedShare = sample.Share([.. sources.Select(source => (double)source.Retained.Values.Sum())], [.. sources.Select(source => (double)source.Clips)]),
            BySplit = SplitNames.All.ToDictionary(split => split, split => Bounded(source => source.Retained.GetValueOrDefault(split), clips.Value)),
            ByFilter = sources.SelectMany(source => source.Rejected.Keys).Distinct().Order(StringComparer.Ordinal).ToDictionary(filter => filter, filter => Bounded(source => source.Rejected.GetValueOrDefault(filter), clips.Value)),
            MediaHours = media,
            RetainedHours = Bounded(source => source.RetainedSeconds.Values.Sum(), media.Value * SecondsPerHour).Times(1 / SecondsPerHour),
            RetainedHoursBySplit = SplitNames.All.ToDictionary(split => split, split => Bounded(source => source.RetainedSeconds.GetValueOrDefault(split), media.Value * SecondsPerHour).Times(1 / SecondsPerHour)),
            CoreHours = core,
            GpuHours = gpu,
            WallHours = costs.Utilisation is { } busy ? core?.Times(1 / (costs.Cores * busy)) : null,
            StoredBytes = stored,
            MediaBytes = Total(source => source.MediaBytes),
            Requests = costs.HasEndpoints ? Total(source => source.Requests) : null,
            CostOnce = IsPriced(costs, core, gpu) ? Work(source => CostOf(source, costs)) : null,
            CostMonth = costs.Prices?.StorageGbMonth is { } price ? stored.Times(price / BytesPerGigabyte) : null,
            Strata = [.. design.Strata.Select((stratum, place) => Of(stratum, [.. sources.Where(source => source.Stratum == place)]))],
            IsCensus = design.IsCensus,
        };

        Estimate Total(Func<SampledSource, double> quantity) => sample.Total([.. sources.Select(quantity)]);

        Estimate Clips()
        {
            var total = Total(source => source.Clips);
            return sample.IsCensus || total.Value > 0 ? total : Unbounded(total);
        }

        // What nothing was met of has no measure either.
        static Estimate Unbounded(Estimate none) => none with { High = null, Method = EstimateMethod.ZeroBound };

        Estimate Work(Func<SampledSource, double> quantity) => sample.IsCensus ? Total(quantity) with { Low = null, High = null, Method = EstimateMethod.Measured } : Total(quantity);

        // Where no two sources of a stratum differ, no drawing does: what may have been missed is said by how many sources were looked at.
        Estimate Bounded(Func<SampledSource, double> quantity, double most)
        {
            var total = Total(quantity);
            if (sample.IsCensus || total.Low is null || total.Low < total.High) return total;
            if (most <= 0) return Unbounded(total);

            var other = ZeroBound.Share(sources.Count, design.Sources);
            return new Estimate(total.Value, Math.Max(sources.Sum(quantity), total.Value * (1 - other)), total.Value + (other * Math.Max(0, most - total.Value)), EstimateMethod.ZeroBound);
        }
    }

    private static bool IsPriced(PlanCosts costs, Estimate? core, Estimate? gpu) =>
        costs.Prices is { } prices && ((prices.CoreHour is not null && core is not null) || (prices.GpuHour is not null && gpu is not null) || (prices.Request is not null && costs.HasEndpoints));

    private static double CostOf(SampledSource source, PlanCosts costs)
    {
        var prices = costs.Prices!;
        return ((source.CoreSeconds ?? 0) / SecondsPerHour * (prices.CoreHour ?? 0)) + ((source.GpuSeconds ?? 0) / SecondsPerHour * (prices.GpuHour ?? 0)) + (source.Requests * (prices.Request ?? 0));
    }

    private static StratumForecast Of(Stratum stratum, IReadOnlyList<SampledSource> sources)
    {
        var weight = sources.Count == 0 ? 0 : (double)stratum.Sources / sources.Count;
        return new StratumForecast(
            stratum.Name, stratum.Sources, stratum.Bytes, sources.Count, sources.Count(source => source.Failure is not null),
            weight * sources.Sum(source => source.Clips), weight * sources.Sum(source => source.Retained.Values.Sum()));
    }
}
