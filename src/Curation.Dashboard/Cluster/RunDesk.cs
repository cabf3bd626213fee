using Curation.Dashboard.Security;
using Curation.Grains;

namespace Curation.Dashboard.Cluster;

/// <summary>What people do with runs. Every change leaves a line in the audit.</summary>
/// <param name="grains">The cluster.</param>
/// <param name="submission">The checks.</param>
/// <param name="watch">Told of changes, so that pages show them at once.</param>
/// <param name="audit">Where changes are written down.</param>
public sealed class RunDesk(IGrainFactory grains, IClusterSubmission submission, ClusterWatch watch, AuditLog audit)
{
    /// <summary>Most sources of one retry: their addresses travel with the run.</summary>
    public const int MostRetried = 1000;

    /// <summary>Starts a run.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="request">What.</param>
    /// <param name="cancellationToken">Ends the checks; a run that was submitted goes on.</param>
    /// <returns>The run's id, or every fault.</returns>
    public async Task<Answer> StartAsync(Actor actor, RunRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);

        var runId = submission.NextRunId();
        if (request.Limit is < 1) return Refuse(actor, "run.start", request.Output, [$"--limit {request.Limit}: must be at least 1."]);
        if (request.Parallelism is < 1) return Refuse(actor, "run.start", request.Output, [$"--parallelism {request.Parallelism}: must be at least 1."]);

        var (plan, faults) = await submission.PrepareRunAsync(request, runId, cancellationToken);
        if (plan is null) return Refuse(actor, "run.start", request.Output, faults);

        await grains.GetGrain<IRunGrain>(runId).StartAsync(plan);
        audit.Changed(actor, "run.start", $"{runId}: {plan.Input} to {plan.Output}");
        watch.LookNow();
        return Answer.Of(runId);
    }

    /// <summary>Cancels a run.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="runId">Which.</param>
    /// <returns>The run's id, or why not.</returns>
    public async Task<Answer> CancelAsync(Actor actor, string runId)
    {
        if (await FindAsync(runId) is null) return Unknown(runId);

        var run = grains.GetGrain<IRunGrain>(runId);
        var before = await run.GetProgressAsync();
        if (before.State.IsEnded()) return Refuse(actor, "run.cancel", runId, [$"Run {runId} has ended already ({before.State.ToString().ToLowerInvariant()}). Nothing was changed."]);

        await run.CancelAsync();
        audit.Changed(actor, "run.cancel", runId);
        watch.LookNow();
        return Answer.Of(runId);
    }

    /// <summary>Does a run that has ended again: sources that did not get through or are new are worked on.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="runId">Which.</param>
    /// <param name="only">Only these of its sources, and these even where they are quarantined for what they hold; null for all.</param>
    /// <returns>The new run's id, or why not.</returns>
    public async Task<Answer> RetryAsync(Actor actor, string runId, IReadOnlyList<string>? only = null)
    {
        if (only is { Count: 0 or > MostRetried }) return Refuse(actor, "run.retry", runId, [$"Choose from 1 to {MostRetried} sources."]);
        if (await FindAsync(runId) is null || await grains.GetGrain<IRunGrain>(runId).GetPlanAsync() is not { } plan) return Unknown(runId);

        var progress = await grains.GetGrain<IRunGrain>(runId).GetProgressAsync();
        if (!progress.State.IsEnded()) return Refuse(actor, "run.retry", runId, [$"Run {runId} still goes on ({progress.State.ToString().ToLowerInvariant()}); cancel it first, or wait for its end. Nothing was started."]);
        if (await submission.FindWriterAsync(plan.Output, runId) is { } writer) return Refuse(actor, "run.retry", runId, [writer]);

        var again = submission.NextRunId();
        await grains.GetGrain<IRunGrain>(again).StartAsync(plan with { RunId = again, Only = only ?? plan.Only });
        audit.Changed(actor, "run.retry", only is null ? $"{runId} as {again}" : $"{only.Count} sources of {runId} as {again}");
        watch.LookNow();
        return Answer.Of(again);
    }

    /// <summary>Tries quarantined sources again, with the latest run that had each of them.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="output">Their data set.</param>
    /// <param name="uris">The sources.</param>
    /// <returns>The new run's id, or why not.</returns>
    public async Task<Answer> RetryQuarantinedAsync(Actor actor, string output, IReadOnlyList<string> uris)
    {
        ArgumentNullException.ThrowIfNull(uris);

        var wanted = uris.ToHashSet(StringComparer.Ordinal);
        if (wanted.Count is 0 or > MostRetried) return Refuse(actor, "quarantine.retry", output, [$"Choose from 1 to {MostRetried} sources."]);

        var runs = (await grains.GetGrain<IRunIndexGrain>(IRunIndexGrain.Key).ListAsync()).Where(run => run.Output == output && run.State.IsEnded());
        foreach (var run in runs)
        {
            var had = (await grains.GetGrain<IRunGrain>(run.RunId).GetQuarantinedAsync()).Select(source => source.Uri).Where(wanted.Contains).ToList();
            if (had.Count == wanted.Count) return await RetryAsync(actor, run.RunId, had);
            if (had.Count > 0) return Refuse(actor, "quarantine.retry", output, [$"{wanted.Count - had.Count} of these sources do not belong to run {run.RunId}, which is the latest that had the others. Retry those of one run at a time."]);
        }

        return Refuse(actor, "quarantine.retry", output, ["No run that this cluster remembers had these sources. Start a run over them."]);
    }

    private Task<RunEntry?> FindAsync(string runId) => grains.GetGrain<IRunIndexGrain>(IRunIndexGrain.Key).FindAsync(runId);

    private static Answer Unknown(string runId) => Answer.Absent($"No run '{runId}' is known to this cluster. Nothing was changed.");

    private Answer Refuse(Actor actor, string action, string target, IReadOnlyList<string> faults)
    {
        audit.Refused(actor, action, target, string.Join(' ', faults));
        return Answer.Refused(faults);
    }
}
