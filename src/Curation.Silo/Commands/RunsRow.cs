using Curation.Grains;

namespace Curation.Silo.Commands;

/// <summary>A run as <c>curate runs</c> prints it; the names are a contract.</summary>
internal sealed record RunsRow(
    string RunId,
    string State,
    string Input,
    string Output,
    string Policy,
    DateTimeOffset StartedUtc,
    DateTimeOffset? EndedUtc,
    double WallSeconds,
    int Sources,
    int? TotalSources,
    int Quarantined,
    int Retained,
    string? Error)
{
    /// <summary>A run that has ended.</summary>
    public static RunsRow From(RunEntry run) => new(
        run.RunId, RunsJson.Word(run.State), run.Input, run.Output, run.Policy, run.StartedUtc, run.EndedUtc, Math.Round(run.WallSeconds, 3), run.Sources, null, run.Quarantined, run.Retained, run.Error);

    /// <summary>A run as it is now.</summary>
    public static RunsRow From(RunEntry run, RunProgress now) => new(
        run.RunId, RunsJson.Word(now.State), run.Input, run.Output, run.Policy, run.StartedUtc, now.EndedUtc, Math.Round(now.WallSeconds, 3),
        now.Counts.Sources, now.TotalSources, now.Counts.Quarantined, now.Counts.Retained, now.Error);
}
