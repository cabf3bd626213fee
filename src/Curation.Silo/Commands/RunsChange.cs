using Curation.Grains;
using Curation.Silo.Cluster;

namespace Curation.Silo.Commands;

/// <summary><c>curate runs cancel</c> and <c>retry</c>.</summary>
internal sealed class RunsChange(IGrainFactory grains, TextWriter output, TextWriter errors, TimeProvider time)
{
    /// <summary>Says that nobody knows a run.</summary>
    public static async Task<int> UnknownAsync(TextWriter errors, string runId)
    {
        await errors.WriteLineAsync($"curate: no run '{runId}' is known to this cluster; 'curate runs list' shows those that are. Nothing was changed.");
        return ExitCodes.Wrong;
    }

    public async Task<int> CancelAsync(string runId, bool json)
    {
        var run = grains.GetGrain<IRunGrain>(runId);
        if (await run.GetPlanAsync() is null) return await UnknownAsync(errors, runId);

        var before = await run.GetProgressAsync();
        if (before.State.IsEnded())
        {
            await errors.WriteLineAsync($"curate: run {runId} has ended already ({RunsJson.Word(before.State)}). Nothing was changed.");
            return ExitCodes.Wrong;
        }

        await run.CancelAsync();
        await output.WriteLineAsync(json ? RunsJson.Of(new { RunId = runId, Cancelled = true }) : $"Cancelled {runId}. {before.Counts.Sources} sources are finished and kept; 'curate runs retry {runId}' goes on from there.");
        return ExitCodes.Done;
    }

    public async Task<int> RetryAsync(string runId, bool json)
    {
        var run = grains.GetGrain<IRunGrain>(runId);
        if (await run.GetPlanAsync() is not { } plan) return await UnknownAsync(errors, runId);

        var progress = await run.GetProgressAsync();
        if (!progress.State.IsEnded())
        {
            await errors.WriteLineAsync($"curate: run {runId} still goes on ({RunsJson.Word(progress.State)}); cancel it first, or wait for its end. Nothing was started.");
            return ExitCodes.Wrong;
        }

        if (await OutputInUse.FindAsync(grains, plan.Output, runId) is { } writer)
        {
            await errors.WriteLineAsync($"curate: {writer} Nothing was started.");
            return ExitCodes.Wrong;
        }

        var again = RunName.Next(time);
        await grains.GetGrain<IRunGrain>(again).StartAsync(plan with { RunId = again });
        await output.WriteLineAsync(json ? RunsJson.Of(new { RunId = again, RetryOf = runId }) : $"Submitted {again}, which does {runId} again. Look at it:  curate runs show {again}");
        return ExitCodes.Done;
    }
}
