using Curation.Grains;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;
using Curation.Silo.Following;
using Curation.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Silo.Commands;

/// <summary>Runs one curation from start to exit code: checks, silo, follow, summary.</summary>
internal sealed class CurationRun(TextWriter output, TextWriter errors, TimeProvider time)
{
    public async Task<int> ExecuteAsync(RunArguments arguments, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var runId = RunName.Next(time);
        var (plan, faults) = await RunPreparation.PrepareAsync(arguments, runId, cancellationToken);
        if (plan is null)
        {
            foreach (var fault in faults) await errors.WriteLineAsync($"curate: {fault}");
            await errors.WriteLineAsync("Nothing was started.");
            return ExitCodes.Wrong;
        }

        // A store has no lock that goes with a process; there the snapshot's version settles who was first.
        string? busy = null;
        using var outputLock = SourceAddress.IsAddress(plan.Output) ? null : OutputLock.TryTake(plan.Output, out busy);
        if (busy is not null)
        {
            await errors.WriteLineAsync($"curate: {busy}");
            return ExitCodes.Wrong;
        }

        var (progress, quarantined) = await RunAsync(plan, arguments.Json, cancellationToken);
        return await RunEnding.WriteAsync(output, errors, plan, progress, quarantined, time.GetElapsedTime(started), arguments.Json);
    }

    private async Task<(RunProgress Progress, IReadOnlyList<QuarantinedSource> Quarantined)> RunAsync(RunPlan plan, bool json, CancellationToken cancellationToken)
    {
        var silo = await EmbeddedSilo.StartAsync(CancellationToken.None);
        try
        {
            var run = silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IRunGrain>(plan.RunId);
            await run.StartAsync(plan);
            var progress = await RunFollowing.FollowAsync(json, output, errors, view => new RunFollower(run, view, time).FollowAsync(cancellationToken));
            return (progress, await run.GetQuarantinedAsync());
        }
        finally
        {
            await silo.StopAsync(CancellationToken.None);
            silo.Dispose();
        }
    }
}
