using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Curation.Grains.Schedules;

/// <summary>Wakes every schedule when a silo starts and now and then later, so that none depends on its reminder alone.</summary>
/// <param name="grains">Finds the schedules.</param>
/// <param name="time">Clock of the rounds.</param>
/// <param name="logger">The log.</param>
public sealed partial class ScheduleKeeper(IGrainFactory grains, TimeProvider time, ILogger<ScheduleKeeper> logger) : BackgroundService
{
    // Uncalibrated: reminders come once a minute, this only mends what they miss.
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A cluster that is being put together: asked again soon.
        var patience = new ClusterPatience(AfterTrouble, time, trouble => LogTrouble(logger, trouble, IScheduleIndexGrain.Key));
        using var timer = new PeriodicTimer(Every, time);
        do await patience.DoAsync(TryWakeAsync, stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> TryWakeAsync()
    {
        var well = true;
        foreach (var name in await grains.GetGrain<IScheduleIndexGrain>(IScheduleIndexGrain.Key).ListAsync())
        {
            // One schedule's trouble, such as a damaged state, must not keep the others asleep.
            if (await grains.GetGrain<IScheduleGrain>(name).WakeAsync().TroubleAsync() is not { } trouble) continue;

            LogTrouble(logger, trouble, name);
            well = false;
        }

        return well;
    }

    [LoggerMessage(EventId = 221, Level = LogLevel.Warning, Message = "Schedule {Schedule} could not be woken and is tried again")]
    private static partial void LogTrouble(ILogger logger, Exception error, string schedule);
}
