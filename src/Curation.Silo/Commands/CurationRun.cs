using Curation.Grains;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;
using Curation.Silo.Following;
using Curation.Silo.Hosting;
using Curation.Silo.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Silo.Commands;

/// <summary>Runs one curation from start to exit code: checks, silo, follow, summary.</summary>
internal sealed class CurationRun(TextWriter output, TextWriter errors, TimeProvider time)
{
    public async Task<int> ExecuteAsync(RunArguments arguments, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        CurateSettings settings;
        try
        {
            settings = CurateSettings.ReadHere();
        }
        catch (ConfigurationException wrong)
        {
            return await RefuseAsync(wrong.Faults);
        }

        var (plan, faults) = await RunPreparation.PrepareAsync(arguments, RunName.Next(time), settings, cancellationToken);
        if (plan is null) return await RefuseAsync(faults);

        // A store has no lock that goes with a process; there the snapshot's version settles who was first.
        string? busy = null;
        using var outputLock = SourceAddress.IsAddress(plan.Output) ? null : OutputLock.TryTake(plan.Output, out busy);
        if (busy is not null)
        {
            await errors.WriteLineAsync($"curate: {busy}");
            return ExitCodes.Wrong;
        }

        var (progress, quarantined) = await RunAsync(settings, plan, arguments.Json, cancellationToken);
        return await RunEnding.WriteAsync(output, errors, plan, progress, quarantined, time.GetElapsedTime(started), arguments.Json);
    }

    private async Task<(RunProgress Progress, IReadOnlyList<QuarantinedSource> Quarantined)> RunAsync(CurateSettings settings, RunPlan plan, bool json, CancellationToken cancellationToken)
    {
        var silo = await EmbeddedSilo.StartAsync(settings, CancellationToken.None);
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

    private async Task<int> RefuseAsync(IReadOnlyList<string> faults)
    {
        foreach (var fault in faults) await errors.WriteLineAsync($"curate: {fault}");
        await errors.WriteLineAsync("Nothing was started.");
        return ExitCodes.Wrong;
    }
}
