using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Dataset.Fragments;
using Curation.Dataset.Storage;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Telemetry;

namespace Curation.Pipeline.Planning;

/// <summary>Reads what came of each source from the data set of a sample, and shares out among the sources what was measured of all of them together.</summary>
public static class SampleReader
{
    private const string AnswerFolder = "_state/answers/";

    // Written once, however many sources there are.
    private static readonly string[] PagesOfAll = ["report.html", "README.md", "dataset.json"];

    /// <summary>Reads the sample.</summary>
    /// <param name="store">Its data set.</param>
    /// <param name="design">The sources that were drawn.</param>
    /// <param name="watch">When stages were at work.</param>
    /// <param name="costs">What the run took.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The sources that were drawn, in the order of the design.</returns>
    /// <exception cref="DatasetException">An outcome is gone or damaged.</exception>
    public static async Task<IReadOnlyList<SampledSource>> ReadAsync(IDatasetStore store, SampleDesign design, StageWatch watch, SampleCosts costs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(watch);
        ArgumentNullException.ThrowIfNull(costs);

        var (sizes, answers) = await SizesAsync(store, cancellationToken);
        var fragments = new FragmentStore(store);
        var outcomes = new List<(SampledSource Source, SourceOutcome Outcome)>();
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (item, stratum) in design.Strata.SelectMany((stratum, place) => stratum.Sampled.Select(item => (item, place))))
        {
            var stamp = await fragments.FindStampAsync(item.Uri, cancellationToken) ?? throw new DatasetException($"{store.Address}: nothing is written of the sampled source {item.Uri}.");
            var outcome = await fragments.ReadForAsync(stamp, cancellationToken);
            var isDuplicate = outcome.Quarantine is null && !met.Add(stamp.FragmentName);
            if (isDuplicate) outcome = outcome with { Clips = [] };
            outcomes.Add((Describe(item.Uri, stratum, outcome) with { Bytes = item.SizeBytes ?? stamp.SizeBytes, IsDuplicate = isDuplicate }, outcome));
        }

        return Share(outcomes, sizes, answers, watch, costs);
    }

    private static SampledSource Describe(string uri, int stratum, SourceOutcome outcome)
    {
        var retained = outcome.Clips.Where(clip => clip.Outcome == ClipOutcome.Retained).ToList();
        return new SampledSource(uri, stratum)
        {
            Failure = outcome.Quarantine is { } quarantine ? new SourceFailure(quarantine.Stage, quarantine.Reason, false) : null,
            MediaSeconds = outcome.MediaSeconds,
            Clips = outcome.Clips.Count,
            Held = outcome.Clips.Count(clip => clip.Outcome == ClipOutcome.Held),
            Pending = outcome.Clips.Count(clip => clip.Pending is not null),
            Rejected = outcome.Clips.Where(clip => clip.RejectedBy is not null).CountBy(clip => clip.RejectedBy!).ToDictionary(StringComparer.Ordinal),
            Retained = retained.CountBy(SplitOf).ToDictionary(StringComparer.Ordinal),
            RetainedSeconds = retained.GroupBy(SplitOf).ToDictionary(split => split.Key, split => split.Sum(clip => clip.Span.Duration.TotalSeconds), StringComparer.Ordinal),
            Measured = outcome.Clips.SelectMany(clip => clip.Measurements).Where(measurement => measurement.State == MeasurementState.Measured)
                .GroupBy(measurement => measurement.Name, measurement => measurement.Value!.Value)
                .ToDictionary(values => values.Key, IReadOnlyList<double> (values) => [.. values], StringComparer.Ordinal),
        };
    }

    private static List<SampledSource> Share(
        List<(SampledSource Source, SourceOutcome Outcome)> outcomes, Dictionary<string, long> sizes, long answers, StageWatch watch, SampleCosts costs)
    {
        var (models, cuts) = (watch.OfClips(StageTraces.Models), watch.OfClips(StageTraces.Cut));

        // Who failed has no seconds of its own on record; all who failed share what failed.
        var failed = outcomes.Count(entry => entry.Source.Failure is not null);
        var failedSeconds = failed == 0 ? 0 : watch.FailedSeconds(StageTraces.Analyse) / failed;
        var work = Shares(outcomes.Select(entry => entry.Outcome.AnalysisSeconds + (entry.Source.Failure is null ? 0 : failedSeconds) + Seconds(entry.Outcome, models, cuts)));
        var busy = WorkSpan.Union(outcomes.SelectMany(entry => Spans(entry.Outcome, models))).TotalSeconds;
        var gpuShares = Shares(outcomes.Select(entry => Seconds(entry.Outcome, models)));
        var asked = Shares(outcomes.Select(entry => (double)entry.Outcome.Clips.Count(clip => clip.Outcome != ClipOutcome.Rejected)));

        // What lies under no clip's name (rows, and what a rerun needs) follows the clips.
        var own = outcomes.Select(entry => entry.Outcome.Clips.Sum(clip => Size(clip.MediaPath) + Size(clip.PosterPath))).ToArray();
        var rest = Math.Max(0, sizes.Values.Sum() - own.Sum());
        var rows = Shares(outcomes.Select(entry => (double)entry.Source.Clips));
        return [.. outcomes.Select((entry, place) => entry.Source with
        {
            MediaBytes = entry.Outcome.Clips.Sum(clip => Size(clip.MediaPath)),
            StoredBytes = own[place] + (rest * rows[place]),
            CoreSeconds = costs.CoreSeconds * work[place],
            GpuSeconds = costs.UsesGpu ? busy * gpuShares[place] : null,
            Requests = answers * asked[place],
        })];

        long Size(string? path) => path is null ? 0 : sizes.GetValueOrDefault(path);
    }

    private static double Seconds(SourceOutcome outcome, params ILookup<string, WorkSpan>[] stages) => WorkSpan.Union(Spans(outcome, stages)).TotalSeconds;

    private static IEnumerable<WorkSpan> Spans(SourceOutcome outcome, params ILookup<string, WorkSpan>[] stages) =>
        outcome.Clips.SelectMany(clip => stages.SelectMany(stage => stage[clip.Id.ToString()]));

    private static double[] Shares(IEnumerable<double> parts)
    {
        var all = parts.ToArray();
        var sum = all.Sum();
        return [.. all.Select(part => sum > 0 ? part / sum : 1.0 / all.Length)];
    }

    private static string SplitOf(ClipRecord clip) => (clip.Split ?? Split.Sound).ToName();

    private static async Task<(Dictionary<string, long> Sizes, long Answers)> SizesAsync(IDatasetStore store, CancellationToken cancellationToken)
    {
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var entry in store.ListAsync("", cancellationToken))
        {
            if (!PagesOfAll.Contains(entry.Path)) sizes[entry.Path] = entry.SizeBytes;
        }

        return (sizes, sizes.Keys.LongCount(path => path.StartsWith(AnswerFolder, StringComparison.Ordinal)));
    }
}
