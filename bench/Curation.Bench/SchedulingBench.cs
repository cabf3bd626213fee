using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Curation.Clips.Deciding;
using Curation.Grains;
using Curation.Pipeline;
using Curation.Pipeline.Runs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Curation.Bench;

/// <summary>What scheduling costs: sources whose work is nothing, through the same grains as real ones.</summary>
internal static class SchedulingBench
{
    private const int InFlight = 64;

    public static async Task<int> RunAsync(int sources)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ICuratePipeline>(new NoOpPipeline(sources));
        builder.Services.AddCurationGrains();
        builder.UseOrleans(silo => silo.UseLocalhostClustering(FreePort(), FreePort()));
        using var host = builder.Build();
        await host.StartAsync();

        var run = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IRunGrain>("bench");
        var started = Stopwatch.GetTimestamp();
        await run.StartAsync(new RunPlan("bench", "in", "out", new Policy("bench") { Sha256 = "0" }) { Parallelism = InFlight });
        RunProgress progress;
        do
        {
            await Task.Delay(100);
            progress = await run.GetProgressAsync();
        }
        while (progress.State is RunState.Running or RunState.Committing);

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(FormattableString.Invariant(
            $"{progress.Counts.Sources} sources, {progress.Counts.Clips} clips, {InFlight} in flight: {seconds:0.00} s, {progress.Counts.Sources / seconds:0} sources/s; managed memory {GC.GetTotalMemory(true) >> 20} MiB, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB; state {progress.State}"));
        await host.StopAsync();
        return progress.State == RunState.Done ? 0 : 1;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
