using System.Diagnostics;
using Curation.Clips.Deciding;
using Curation.Grains;
using Curation.Grains.Tests;
using Curation.Pipeline;
using Curation.Pipeline.Runs;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Hosting;
using Orleans.TestingHost;

namespace Curation.Bench;

/// <summary>What scheduling costs: sources whose work is nothing, through the same grains as real ones, on silos in one process.</summary>
internal static class SchedulingBench
{
    private const int InFlight = 64;

    public static async Task<int> RunAsync(int sources, short silos)
    {
        var storage = new SharedGrainStorage();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.AddSingleton<ICuratePipeline>(new NoOpPipeline(sources));
            silo.Services.AddCurationGrains();
            silo.Services.AddDurableRuns(InFlight / silos);
            silo.Services.AddGrainStorage(CurationGrains.StateStorage, (_, _) => storage);
        });
        builder.ConfigureClient(client =>
        {
            client.Services.AddCurationGrains();
            client.Services.Configure<Orleans.Configuration.ClientMessagingOptions>(messages => messages.ResponseTimeout = TimeSpan.FromSeconds(2));
        });
        await using var cluster = builder.Build();
        await cluster.DeployAsync();

        var whole = await MeasureAsync(cluster, "whole", killAt: null);
        Console.WriteLine(FormattableString.Invariant(
            $"{whole.Progress.Counts.Sources} sources, {whole.Progress.Counts.Clips} clips, {InFlight} in flight on {silos} silos: {whole.Seconds:0.00} s, {whole.Progress.Counts.Sources / whole.Seconds:0} sources/s; peak managed memory {whole.PeakManaged >> 20} MiB, process peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB; largest checkpoint {storage.LargestRecord / 1024.0:0.0} KiB in {storage.Writes} writes; state {whole.Progress.State}"));
        if (silos < 2) return whole.Progress.State == RunState.Done ? 0 : 1;

        var killed = await MeasureAsync(cluster, "killed", killAt: sources / 3);
        Console.WriteLine(FormattableString.Invariant(
            $"The run's own silo killed at {sources / 3} sources: {killed.Away:0.0} s until the next source was through, {killed.Seconds:0.00} s in all, {killed.Progress.Counts.Sources} sources counted, {killed.Progress.Counts.Quarantined} quarantined, taken up {killed.Progress.Attempts} times; state {killed.Progress.State}"));
        return killed.Progress is { State: RunState.Done } && killed.Progress.Counts.Sources == sources ? 0 : 1;
    }

    private static async Task<(RunProgress Progress, double Seconds, double Away, long PeakManaged)> MeasureAsync(InProcessTestCluster cluster, string id, int? killAt)
    {
        var run = cluster.Client.GetGrain<IRunGrain>(id);
        var started = Stopwatch.GetTimestamp();
        await run.StartAsync(new RunPlan(id, "in", "out", new Policy("bench") { Sha256 = "0" }) { Parallelism = InFlight });
        var (killed, reached, away, peak) = (0L, 0, 0.0, 0L);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync())
        {
            RunProgress progress;
            try
            {
                progress = await run.GetProgressAsync();
            }
            catch (Exception lost) when (lost is OrleansException or TimeoutException)
            {
                continue;
            }

            peak = Math.Max(peak, GC.GetTotalMemory(false));
            if (killed > 0 && away == 0 && progress.Attempts > 1 && progress.Counts.Sources > reached) away = Stopwatch.GetElapsedTime(killed).TotalSeconds;
            if (progress.State.IsEnded()) return (progress, Stopwatch.GetElapsedTime(started).TotalSeconds, away, peak);
            if (killed > 0 || progress.Counts.Sources < killAt || killAt is null) continue;

            var address = await cluster.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(run);
            (killed, reached) = (Stopwatch.GetTimestamp(), progress.Counts.Sources);
            await cluster.KillSiloAsync(cluster.Silos.Single(silo => silo.SiloAddress.Equals(address)));
        }

        throw new UnreachableException();
    }
}
