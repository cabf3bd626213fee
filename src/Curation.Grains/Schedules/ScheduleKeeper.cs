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
        while (!stoppingToken.IsCancellationRequested)
        {
            var well = await TryWakeAsync(stoppingToken);
            await Task.Delay(well ? Every : AfterTrouble, time, stoppingToken);
        }
    }

    private async Task<bool> TryWakeAsync(CancellationToken stopping)
    {
        var well = true;
        IReadOnlyList<string> names = [];
        try
        {
            names = await grains.GetGrain<IScheduleIndexGrain>(IScheduleIndexGrain.Key).ListAsync();
        }
        catch (Exception trouble) when (!stopping.IsCancellationRequested)
        {
            // A cluster that is being put together: the next round does it.
            LogTrouble(logger, trouble, IScheduleIndexGrain.Key);
            well = false;
        }

        foreach (var name in names)
        {
            try
            {
                await grains.GetGrain<IScheduleGrain>(name).WakeAsync();
            }
            catch (Exception trouble) when (!stopping.IsCancellationRequested)
            {
                // One schedule's trouble, such as a damaged state, must not keep the others asleep.
                LogTrouble(logger, trouble, name);
                well = false;
            }
        }

        return well;
    }

    [LoggerMessage(EventId = 221, Level = LogLevel.Warning, Message = "Schedule {Schedule} could not be woken and is tried again")]
    private static partial void LogTrouble(ILogger logger, Exception error, string schedule);
}
