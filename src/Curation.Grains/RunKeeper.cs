using Curation.Grains.Telemetry;
using Curation.Pipeline;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Curation.Grains;

/// <summary>Touches every run that has not ended, from every silo: the touch brings back a run whose silo died, wherever there is room.</summary>
/// <param name="grains">Finds the runs.</param>
/// <param name="pipeline">Lets go of what it keeps of runs that ended elsewhere.</param>
/// <param name="options">How often.</param>
/// <param name="metrics">Told how many runs there are.</param>
/// <param name="time">Clock of the rounds.</param>
/// <param name="logger">The log.</param>
public sealed class RunKeeper(IGrainFactory grains, ICuratePipeline pipeline, IOptions<RunOptions> options, CurationMetrics metrics, TimeProvider time, ILogger<RunKeeper> logger) : BackgroundService
{
    private const int TouchedAtOnce = 16;

    // A run is entered before its record is written; one that has none after this time was never started.
    private static readonly TimeSpan TimeToBegin = TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.KeepEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var index = grains.GetGrain<IRunIndexGrain>(IRunIndexGrain.Key);
                var active = await index.GetActiveAsync();
                metrics.SetActiveRuns(active.Count);
                pipeline.KeepOnly(active.Select(run => run.RunId).ToHashSet(StringComparer.Ordinal));
                await Parallel.ForEachAsync(active, new ParallelOptions { MaxDegreeOfParallelism = TouchedAtOnce, CancellationToken = stoppingToken }, async (run, _) =>
                {
                    // One run's trouble must not keep the others from being looked after.
                    if (await KeepAsync(index, run).TroubleAsync() is { } trouble) RunLog.TakeUpFailed(logger, trouble, run.RunId);
                });
            }
            catch (Exception trouble) when (ClusterTrouble.Is(trouble) && !stoppingToken.IsCancellationRequested)
            {
                // A cluster that is being put together or taken apart: the next round, or another silo's, does it.
                RunLog.KeepingFailed(logger, trouble);
            }
        }
    }

    private async Task KeepAsync(IRunIndexGrain index, RunEntry run)
    {
        var state = await grains.GetGrain<IRunGrain>(run.RunId).KeepAsync();
        if (state == RunState.Created && time.GetUtcNow() - run.StartedUtc > TimeToBegin) await index.ForgetAsync(run.RunId);
    }
}
