using System.Globalization;
using Curation.Clips;
using Curation.Clips.Deciding;

namespace Curation.Pipeline.Planning;

/// <summary>Says what is odd about a forecast.</summary>
public static class PlanWarnings
{
    // A filter that leaves less than a tenth decides alone. Uncalibrated.
    private const double RejectsMost = 0.9;

    // A stratum that gives nothing by chance among this many sources: uncalibrated.
    private const int FewSources = 10;

    /// <summary>The warnings of a plan, the gravest first.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="design">The input and its sample.</param>
    /// <param name="sources">What came of each sampled source.</param>
    /// <param name="forecast">The forecast.</param>
    /// <param name="drift">The comparison with an earlier snapshot; null where none was asked for.</param>
    /// <returns>None where nothing is odd.</returns>
    public static IReadOnlyList<PlanWarning> Of(Policy policy, SampleDesign design, IReadOnlyList<SampledSource> sources, PlanForecast forecast, DriftReport? drift)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(forecast);

        return [.. ZeroYield(policy, design, sources, forecast), .. Filters(sources), .. Strata(forecast), .. Quarantine(design, sources), .. Precision(design, sources, forecast), .. Drift(forecast, drift)];
    }

    private static IEnumerable<PlanWarning> ZeroYield(Policy policy, SampleDesign design, IReadOnlyList<SampledSource> sources, PlanForecast forecast)
    {
        var clips = sources.Sum(source => source.Clips);
        var held = sources.Sum(source => source.Held);
        if (forecast.Retained.Value <= 0)
        {
            var why = clips == 0 ? "No sampled source gave a clip."
                : held == clips ? $"All {clips} clips are held: policy '{policy.Name}' asks for measurements that no model made. Give --models, or set 'unmeasured: pass'."
                : Text($"None of {clips} clips was retained, {held} are held.");
            yield return new PlanWarning("zero_yield", $"{why} {Missed(design, sources, "clips that are retained")}");
            yield break;
        }

        var empty = SplitNames.All.Where(split => forecast.BySplit[split].Value <= 0).ToList();
        if (empty.Count > 0) yield return new PlanWarning("zero_yield_split", $"No clip of {string.Join(" or ", empty)} was retained. {Missed(design, sources, "some")}");
    }

    private static string Missed(SampleDesign design, IReadOnlyList<SampledSource> sources, string what) => design.IsCensus
        ? "Every source was looked at."
        : Text($"Up to {100 * ZeroBound.Share(sources.Count, design.Sources):0.#} % of the sources may hold {what} (95 %; {sources.Count} of {design.Sources:N0} were looked at).");

    private static IEnumerable<PlanWarning> Filters(IReadOnlyList<SampledSource> sources)
    {
        var clips = sources.Sum(source => source.Clips);
        foreach (var filter in sources.SelectMany(source => source.Rejected).GroupBy(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal).Where(filter => filter.Sum() > RejectsMost * clips))
        {
            yield return new PlanWarning("filter", Text($"{filter.Key} alone rejects {filter.Sum()} of {clips} clips. Look at its limit, or at whether this input is the right one."));
        }
    }

    private static IEnumerable<PlanWarning> Strata(PlanForecast forecast)
    {
        foreach (var stratum in forecast.Strata.Where(stratum => stratum.Sampled > 0 && stratum.Quarantined == stratum.Sampled))
        {
            yield return new PlanWarning("stratum_unreadable", Text($"Nothing in '{Shown(stratum.Name)}' could be read: {stratum.Sampled} of its {stratum.Sources:N0} sources were tried."));
        }
    }

    private static IEnumerable<PlanWarning> Quarantine(SampleDesign design, IReadOnlyList<SampledSource> sources)
    {
        if (design.Unreadable > 0) yield return new PlanWarning("unreadable", Text($"{design.Unreadable:N0} of {design.Listed:N0} listed sources cannot be opened and will be quarantined."));

        var failed = sources.Count(source => source.Failure is not null);
        if (failed > 0) yield return new PlanWarning("quarantined", Text($"{failed} of {sources.Count} sampled sources were quarantined; the reasons are listed."));
    }

    private static IEnumerable<PlanWarning> Precision(SampleDesign design, IReadOnlyList<SampledSource> sources, PlanForecast forecast)
    {
        var pending = sources.Sum(source => source.Pending);
        if (pending > 0) yield return new PlanWarning("pending", Text($"{pending} clips got no answer of an endpoint (the column annotations of --keep and the log say why): answers, and what they cost, are forecast too low."));

        var twice = sources.Count(source => source.IsDuplicate);
        if (twice > 0 && !forecast.IsCensus) yield return new PlanWarning("duplicates", Text($"{twice} of {sources.Count} sampled sources have the content of another. In the whole input more will meet, and clips count once: the forecast is too high."));

        var read = sources.Count(source => source.Failure is null);
        if (!forecast.IsCensus && read is > 0 and < FewSources) yield return new PlanWarning("small_sample", Text($"Only {read} sampled sources could be read. Intervals of so few are rough; a larger --sample narrows them."));
        if (!design.HasSizes) yield return new PlanWarning("no_sizes", "The listing does not tell sizes, so forecasts go by the number of sources. A folder of objects as the input, instead of a list, tells them.");
    }

    private static IEnumerable<PlanWarning> Drift(PlanForecast forecast, DriftReport? drift)
    {
        if (drift is null) yield break;

        foreach (var moved in drift.Measurements.Where(measurement => measurement.HasMoved).OrderByDescending(measurement => measurement.Gap))
        {
            yield return new PlanWarning("drift", Text($"{moved.Name} has moved: median {moved.From:0.###} in snapshot {drift.Snapshot[..Math.Min(8, drift.Snapshot.Length)]}, {moved.To:0.###}{(moved.Unit is "ratio" or "" ? "" : $" {moved.Unit}")} here ({Word(moved)})."));
        }

        if (drift.RetainedShare is { } before && forecast.RetainedShare is { Low: { } low, High: { } high } now && (before < low || before > high))
        {
            yield return new PlanWarning("drift_retained", Text($"The snapshot retained {100 * before:0.#} % of its clips under the same policy; here {100 * now.Value:0.#} % are expected ({100 * low:0.#} % to {100 * high:0.#} %)."));
        }
    }

    private static string Word(MeasurementDrift moved) => moved.Size == "negligible" ? "as high as before, but spread otherwise" : $"a {moved.Size} move {(moved.Dominance > 0 ? "up" : "down")}";

    // Names of folders are hostile.
    private static string Shown(string name) => string.Concat(name.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
