using Curation.Grains;
using Curation.Pipeline;
using Curation.Pipeline.Runs;
using Curation.Silo.Following;
using Curation.Silo.Hosting;
using Curation.Silo.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

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

        var silo = await EmbeddedSilo.StartAsync(settings, CancellationToken.None);
        try
        {
            using var claim = TryClaim(silo, plan, out var fault);
            if (claim is null) return await RefuseAsync([fault]);

            var (progress, quarantined) = await RunAsync(silo, plan, arguments.Json, cancellationToken);
            return await RunEnding.WriteAsync(output, errors, plan, progress, quarantined, time.GetElapsedTime(started), arguments.Json);
        }
        finally
        {
            await silo.StopAsync(CancellationToken.None);
            silo.Dispose();
        }
    }

    // The run claims its data set itself, and would fail; before it begins nothing is started at all.
    private static IDisposable? TryClaim(IHost silo, RunPlan plan, out string fault)
    {
        fault = "";
        try
        {
            return silo.Services.GetRequiredService<ICuratePipeline>().Claim(plan);
        }
        catch (StoreUnavailableException taken)
        {
            fault = $"--output: {taken.Message}";
            return null;
        }
    }

    private async Task<(RunProgress Progress, IReadOnlyList<QuarantinedSource> Quarantined)> RunAsync(IHost silo, RunPlan plan, bool json, CancellationToken cancellationToken)
    {
        var run = silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IRunGrain>(plan.RunId);
        await run.StartAsync(plan);
        var progress = await RunFollowing.FollowAsync(json, output, errors, view => new RunFollower(run, view, time).FollowAsync(cancellationToken));
        return (progress, await run.GetQuarantinedAsync());
    }

    private async Task<int> RefuseAsync(IReadOnlyList<string> faults)
    {
        foreach (var fault in faults) await errors.WriteLineAsync($"curate: {fault}");
        await errors.WriteLineAsync("Nothing was started.");
        return ExitCodes.Wrong;
    }
}
