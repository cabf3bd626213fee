using Curation.Grains;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;
using Curation.Silo.Following;
using Curation.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Curation.Silo.Commands;

/// <summary>Runs one curation from start to exit code: checks, silo, follow, summary.</summary>
internal sealed class CurationRun(TextWriter output, TextWriter errors, TimeProvider time)
{
    private const int RedirectedWidth = 1000;

    public async Task<int> ExecuteAsync(RunArguments arguments, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var runId = $"run-{time.GetUtcNow():yyyyMMdd'T'HHmmss}-{Guid.NewGuid().ToString("N")[..6]}";
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
        var wall = time.GetElapsedTime(started);
        if (arguments.Json)
        {
            await output.WriteLineAsync(RunSummary.From(runId, progress, wall, plan.Output).ToJson());
            await RunEpilogue.WriteTroubleAsync(errors, progress, plan);
        }
        else
        {
            // A file has no right edge to wrap at.
            if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = RedirectedWidth;
            await RunEpilogue.WriteAsync(AnsiConsole.Console, errors, plan, progress, quarantined, wall);
        }

        return ExitCode(progress);
    }

    private async Task<(RunProgress Progress, IReadOnlyList<QuarantinedSource> Quarantined)> RunAsync(RunPlan plan, bool json, CancellationToken cancellationToken)
    {
        var silo = await EmbeddedSilo.StartAsync(CancellationToken.None);
        try
        {
            var run = silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IRunGrain>(plan.RunId);
            await run.StartAsync(plan);
            var progress = !json && AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
                ? await FollowLiveAsync(run, cancellationToken)
                : await new RunFollower(run, new PlainView(json ? errors : output), time).FollowAsync(cancellationToken);
            return (progress, await run.GetQuarantinedAsync());
        }
        finally
        {
            await silo.StopAsync(CancellationToken.None);
            silo.Dispose();
        }
    }

    private Task<RunProgress> FollowLiveAsync(IRunGrain run, CancellationToken cancellationToken) =>
        AnsiConsole.Live(new Text("")).AutoClear(true).StartAsync(display => new RunFollower(run, new LiveView(display), time).FollowAsync(cancellationToken));

    private static int ExitCode(RunProgress progress) => progress switch
    {
        { State: RunState.Cancelled } => ExitCodes.Cancelled,
        { State: RunState.Failed } => ExitCodes.Failed,
        { Counts.Retained: 0 } => ExitCodes.NothingRetained,
        { Counts.Quarantined: > 0 } => ExitCodes.SomeQuarantined,
        _ => ExitCodes.Done,
    };
}
