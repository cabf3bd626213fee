using Curation.Dashboard.Cluster;
using Curation.Grains.Schedules;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;
using Curation.Silo.Commands;

namespace Curation.Silo.Cluster;

/// <summary>The dashboard submits what the command line does, after the same checks.</summary>
internal sealed class ClusterSubmission(IGrainFactory grains, TimeProvider time) : IClusterSubmission
{
    public string NextRunId() => RunName.Next(time);

    public async Task<(RunPlan? Plan, IReadOnlyList<string> Faults)> PrepareRunAsync(RunRequest request, string runId, CancellationToken cancellationToken)
    {
        var faults = RelativePaths(request.Input, request.Output, request.Models);
        if (faults.Count > 0) return (null, faults);

        var arguments = new RunArguments(request.Input, request.Output, request.Policy, request.Models, request.Limit, request.Parallelism ?? 1, Json: true);
        return await ClusterPreparation.PrepareAsync(grains, arguments, runId, request.Parallelism, cancellationToken);
    }

    public Task<string?> FindWriterAsync(string output, string ended) => OutputInUse.FindAsync(grains, output, ended);

    public (ScheduleDefinition? Definition, IReadOnlyList<string> Faults) PrepareSchedule(string name, ScheduleRequest request, ScheduleDefinition? known)
    {
        var relative = RelativePaths(request.Input, request.Output, request.Models);
        if (relative.Count > 0) return (null, relative);

        var kept = request.Policy is null ? known : null;
        var arguments = new ScheduleArguments(
            name, request.Cron, request.TimeZone, request.Input, request.Output, request.Policy ?? known?.PolicyName ?? "", request.Models, request.Limit, request.Parallelism,
            request.Missed == MissedRuns.Skip ? "skip" : "once", Replace: true);
        var (definition, faults) = SchedulePreparation.Prepare(arguments, time.GetUtcNow(), kept?.PolicyText);
        return (definition is null ? null : definition with { Paused = request.Paused, CreatedUtc = known?.CreatedUtc ?? definition.CreatedUtc }, faults);
    }

    // A path that begins in the silo's working folder is none that somebody in a browser can have meant.
    private static IReadOnlyList<string> RelativePaths(string input, string output, string? models) =>
    [
        .. new[] { ("--input", (string?)input), ("--output", output), ("--models", models) }
            .Where(place => !string.IsNullOrWhiteSpace(place.Item2) && !SourceAddress.IsAddress(place.Item2) && !Path.IsPathRooted(place.Item2))
            .Select(place => $"{place.Item1} {place.Item2}: is no full path; give one that every silo sees, or an address."),
    ];
}
