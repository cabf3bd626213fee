using Curation.Grains;
using Curation.Pipeline.Runs;
using Curation.Silo.Commands;
using Curation.Silo.Following;
using Curation.Silo.Hosting;
using Polly.Timeout;

namespace Curation.Silo.Cluster;

/// <summary><c>curate run --cluster</c>: submits a run and follows it. Ctrl-C lets go of it; the run goes on.</summary>
internal sealed class ClusterRun(TextWriter output, TextWriter errors, TimeProvider time)
{
    /// <summary>Submits and follows.</summary>
    /// <param name="cluster">The value of <c>--cluster</c>; empty for what is configured.</param>
    /// <param name="arguments">What the user asked for.</param>
    /// <param name="parallelism">Sources at once; null for as many as the silos take.</param>
    /// <param name="detach">Whether to return as soon as the run is durable.</param>
    /// <param name="cancellationToken">Lets go of the run.</param>
    public Task<int> ExecuteAsync(string cluster, RunArguments arguments, int? parallelism, bool detach, CancellationToken cancellationToken) =>
        ClusterClientFactory.UseAsync(cluster, errors, connection => SubmitAsync(connection, arguments, parallelism, detach, cancellationToken), cancellationToken);

    private async Task<int> SubmitAsync(ClusterConnection connection, RunArguments arguments, int? parallelism, bool detach, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var runId = RunName.Next(time);
        var (plan, faults) = await ClusterPreparation.PrepareAsync(connection.Grains, arguments, runId, parallelism, cancellationToken);
        if (plan is null)
        {
            foreach (var fault in faults) await errors.WriteLineAsync($"curate: {fault}");
            await errors.WriteLineAsync("Nothing was started.");
            return ExitCodes.Wrong;
        }

        var run = connection.Grains.GetGrain<IRunGrain>(runId);
        await ClusterPatience.AskAsync(
            async () =>
            {
                // A run that has started stays started.
                await run.StartAsync(plan);
                return true;
            },
            cancellationToken);
        await errors.WriteLineAsync($"Submitted {runId} to {connection.Address}.");
        if (detach)
        {
            await WriteHowToFollowAsync(connection, runId);
            await output.WriteLineAsync(arguments.Json ? $$"""{"run_id":"{{runId}}"}""" : runId);
            return ExitCodes.Done;
        }

        return await FollowAsync(connection, plan, run, started, arguments.Json, cancellationToken);
    }

    private async Task<int> FollowAsync(ClusterConnection connection, RunPlan plan, IRunGrain run, long started, bool json, CancellationToken cancellationToken)
    {
        RunProgress? progress;
        try
        {
            progress = await RunFollowing.FollowAsync(
                json, output, errors, view => new RunFollower(run, view, time) { LetsGo = true }.FollowAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await errors.WriteLineAsync($"curate: no longer following {plan.RunId}; it goes on.");
            await WriteHowToFollowAsync(connection, plan.RunId);
            return ExitCodes.Cancelled;
        }
        catch (TimeoutRejectedException)
        {
            await errors.WriteLineAsync($"curate: the cluster has not answered for {RunFollower.Patience.TotalMinutes:0} minutes. The run goes on when its silos are back.");
            await WriteHowToFollowAsync(connection, plan.RunId);
            return ExitCodes.Failed;
        }

        var quarantined = await ClusterPatience.AskAsync(run.GetQuarantinedAsync, cancellationToken);
        return await RunEnding.WriteAsync(output, errors, plan, progress, quarantined, time.GetElapsedTime(started), json);
    }

    private async Task WriteHowToFollowAsync(ClusterConnection connection, string runId)
    {
        await errors.WriteLineAsync($"Look at it:  curate runs show {runId} --cluster {connection.Address}");
        await errors.WriteLineAsync($"Cancel it:   curate runs cancel {runId} --cluster {connection.Address}");
    }
}
