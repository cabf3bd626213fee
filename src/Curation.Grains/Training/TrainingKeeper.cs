using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Curation.Grains.Training;

/// <summary>Touches every training that has not ended, from every silo: the touch brings back a training whose silo died, wherever there is the role for it.</summary>
/// <param name="grains">Finds the trainings.</param>
/// <param name="options">How often.</param>
/// <param name="time">Clock of the rounds.</param>
/// <param name="logger">The log.</param>
public sealed class TrainingKeeper(IGrainFactory grains, IOptions<TrainingOptions> options, TimeProvider time, ILogger<TrainingKeeper> logger) : BackgroundService
{
    // A training is entered before its record is written; one that has none after this time was never started.
    private static readonly TimeSpan TimeToBegin = TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.KeepEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var index = grains.GetGrain<ITrainingIndexGrain>(ITrainingIndexGrain.Key);
                foreach (var training in await index.GetActiveAsync())
                {
                    // One training's trouble, such as a role that no silo has, must not keep the others from being looked after.
                    if (await KeepAsync(index, training).TroubleAsync() is { } trouble) TrainingLog.TakeUpFailed(logger, trouble, training.TrainingId);
                }
            }
            catch (Exception trouble) when (ClusterTrouble.Is(trouble) && !stoppingToken.IsCancellationRequested)
            {
                // A cluster that is being put together or taken apart: the next round, or another silo's, does it.
                TrainingLog.KeepingFailed(logger, trouble);
            }
        }
    }

    private async Task KeepAsync(ITrainingIndexGrain index, TrainingEntry training)
    {
        var state = await grains.GetGrain<ITrainingGrain>(training.TrainingId).KeepAsync();
        if (state == TrainingState.Created && time.GetUtcNow() - training.StartedUtc > TimeToBegin) await index.ForgetAsync(training.TrainingId);
    }
}
