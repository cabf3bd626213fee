using Curation.Clips;
using Curation.Dashboard.Cluster;
using Curation.Dashboard.Datasets;
using Curation.Dataset.Snapshots;
using Curation.Grains;
using Curation.Grains.Schedules;

namespace Curation.Dashboard.Api;

// What the API sends and takes; snake_case on the wire. The names are a contract: add freely, change none.

/// <summary>A run.</summary>
internal sealed record RunBody(
    string RunId, string State, string Input, string Output, string Policy, DateTimeOffset StartedUtc, DateTimeOffset? EndedUtc, double WallSeconds,
    int Sources, int? TotalSources, int Quarantined, int Retained, string? Error, RunDetail? Detail)
{
    public static RunBody From(RunEntry run) => new(
        run.RunId, Word(run.State), run.Input, run.Output, run.Policy, run.StartedUtc, run.EndedUtc, Math.Round(run.WallSeconds, 3), run.Sources, null, run.Quarantined, run.Retained, run.Error, null);

    public static RunBody From(RunEntry run, RunProgress? now, RunPace? pace) => now is null ? From(run) : new(
        run.RunId, Word(now.State), run.Input, run.Output, run.Policy, run.StartedUtc, now.EndedUtc, Math.Round(now.WallSeconds, 3),
        now.Counts.Sources, now.TotalSources, now.Counts.Quarantined, now.Counts.Retained, now.Error, RunDetail.From(now, pace));

    private static string Word(RunState state) => state.ToString().ToLowerInvariant();
}

/// <summary>What only a run that is asked itself knows.</summary>
internal sealed record RunDetail(
    int Clips, int Held, int Rejected, IReadOnlyDictionary<string, int> ByFilter, IReadOnlyDictionary<string, int> BySplit, double MediaSeconds, double? Share, double? SecondsLeft,
    double? SourcesPerMinute, double? TimesRealTime, int Attempts, int SiloDeaths, string? Snapshot, IReadOnlyList<SourceInFlight> InFlight)
{
    public static RunDetail From(RunProgress now, RunPace? pace) => new(
        now.Counts.Clips, now.Counts.Held, now.Counts.Rejected, now.Counts.ByFilter, now.Counts.BySplit, now.Counts.MediaSeconds, RunPace.Share(now), RunPace.TimeLeft(now)?.TotalSeconds,
        pace?.SourcesPerMinute, pace?.TimesRealTime, now.Attempts, now.Deaths, now.Result?.SnapshotId, now.InFlight);
}

/// <summary>A data set.</summary>
internal sealed record DatasetBody(string Key, string Name, string Address)
{
    public static DatasetBody From(KnownDataset known) => new(known.Key, known.Name, known.Address);
}

/// <summary>A data set's snapshot.</summary>
internal sealed record SnapshotBody(
    string Key, string Address, string Snapshot, string? Parent, DateTimeOffset CreatedUtc, string PipelineVersion, ManifestPolicy Policy, IReadOnlyList<ManifestModel> Models,
    IReadOnlyList<string> AbsentSlots, ManifestFunnel Funnel, ManifestHours Hours, IReadOnlyList<Trouble> Troubles)
{
    public static SnapshotBody From(OpenedDataset dataset)
    {
        var manifest = dataset.Manifest;
        return new(
            dataset.Known.Key, dataset.Known.Address, manifest.Id, manifest.Parent, manifest.CreatedUtc, manifest.PipelineVersion, manifest.Policy, manifest.Models,
            [.. Cluster.Troubles.AbsentSlots(manifest).Select(slot => slot.Slot)], manifest.Funnel, manifest.Hours, Cluster.Troubles.Of(dataset));
    }
}

/// <summary>A source that could not be processed.</summary>
internal sealed record QuarantineBody(string SourceUri, string Stage, string Reason, long? SizeBytes)
{
    public static QuarantineBody From(QuarantineRecord record) => new(record.SourceUri, record.Stage, record.Reason, record.SizeBytes);
}

/// <summary>A schedule.</summary>
internal sealed record ScheduleBody(
    string Name, string Cron, string TimeZone, string Input, string Output, string Policy, string? Models, int? Limit, int Parallelism, string Missed, bool Paused,
    DateTimeOffset? NextUtc, string? RunningRunId, IReadOnlyList<ScheduledRun> History)
{
    public static ScheduleBody From(ScheduleState schedule)
    {
        var definition = schedule.Definition!;
        return new(
            definition.Name, definition.Cron, definition.TimeZone, definition.Input, definition.Output, definition.PolicyName, definition.Models, definition.Limit, definition.Parallelism,
            definition.Missed.ToString().ToLowerInvariant(), definition.Paused, schedule.NextUtc, schedule.Current?.RunId, schedule.History);
    }
}

/// <summary>Sources to try again.</summary>
internal sealed record RetryBody(IReadOnlyList<string>? Sources);

/// <summary>What was made or changed.</summary>
internal sealed record ChangedBody(string Id);

/// <summary>The token that a browser's session sends back in a header.</summary>
internal sealed record AntiforgeryBody(string Header, string Token);

/// <summary>Everything at a glance.</summary>
internal sealed record OverviewBody(
    DateTimeOffset? At, IReadOnlyList<Trouble> Troubles, IReadOnlyList<RunBody> Active, IReadOnlyList<Grains.Silos.SiloStatusReport> Silos, IReadOnlyList<DatasetBody> Datasets);
