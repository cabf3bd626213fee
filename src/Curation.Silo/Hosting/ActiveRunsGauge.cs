using Curation.Grains;
using Curation.Grains.Telemetry;
using Microsoft.Extensions.Hosting;

namespace Curation.Silo.Hosting;

/// <summary>Looks now and then how many runs of the cluster have not ended, for the metrics.</summary>
internal sealed class ActiveRunsGauge(IGrainFactory grains, CurationMetrics metrics, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                metrics.SetActiveRuns((await grains.GetGrain<IRunIndexGrain>(IRunIndexGrain.Key).GetActiveAsync()).Count);
            }
            catch (Exception away) when (away is OrleansException or TimeoutException or IOException && !stoppingToken.IsCancellationRequested)
            {
                // The last number stays; whatever keeps the index away is told by those who need it.
            }
        }
    }
}
