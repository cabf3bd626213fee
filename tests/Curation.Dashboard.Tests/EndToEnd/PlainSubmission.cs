using Curation.Clips.Deciding;
using Curation.Dashboard.Cluster;
using Curation.Grains.Schedules;
using Curation.Pipeline.Policies;
using Curation.Pipeline.Runs;

namespace Curation.Dashboard.Tests.EndToEnd;

/// <summary>Submits what the command line would, for one silo that sees what the test sees. The command line's own checks are tested with it.</summary>
internal sealed class PlainSubmission(TimeProvider time) : IClusterSubmission
{
    private int _runs;

    public string NextRunId() => $"run-{Interlocked.Increment(ref _runs)}";

    public Task<(RunPlan? Plan, IReadOnlyList<string> Faults)> PrepareRunAsync(RunRequest request, string runId, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        if (!Directory.Exists(request.Input) && !File.Exists(request.Input)) faults.Add($"--input {request.Input}: there is no such file or folder.");
        Policy? policy = null;
        try
        {
            policy = PolicyFile.Load(request.Policy);
        }
        catch (PolicyException wrong)
        {
            faults.AddRange(wrong.Message.Split('\n'));
        }

        return Task.FromResult<(RunPlan?, IReadOnlyList<string>)>(faults.Count > 0 || policy is null
            ? (null, faults)
            : (new RunPlan(runId, request.Input, request.Output, policy) { Limit = request.Limit, Parallelism = request.Parallelism ?? 1 }, []));
    }

    public Task<string?> FindWriterAsync(string output, string ended) => Task.FromResult<string?>(null);

    public (ScheduleDefinition? Definition, IReadOnlyList<string> Faults) PrepareSchedule(string name, ScheduleRequest request, ScheduleDefinition? known)
    {
        var policy = request.Policy ?? known?.PolicyName ?? "";
        var definition = new ScheduleDefinition(name, request.Cron, request.TimeZone, request.Input, request.Output, policy, PolicyPresets.Find(policy) ?? known?.PolicyText ?? "")
        {
            Limit = request.Limit,
            Parallelism = request.Parallelism,
            Missed = request.Missed,
            Paused = request.Paused,
            CreatedUtc = known?.CreatedUtc ?? time.GetUtcNow(),
        };
        var faults = ScheduleCheck.Faults(definition);
        return faults.Count > 0 ? (null, faults) : (definition, []);
    }
}
