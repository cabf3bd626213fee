using Curation.Pipeline.Training;
using Orleans.Concurrency;

namespace Curation.Grains.Training;

/// <summary>
/// One training, keyed by its id: keeps a trainer at work on a silo with the role for it, and starts another one from the last checkpoint when
/// it or its silo dies. What it must remember is kept outside memory.
/// </summary>
public interface ITrainingGrain : IGrainWithStringKey
{
    /// <summary>Checks the training on the silo that is to do it, starts it and returns when that is durable. Starting it again changes nothing.</summary>
    /// <param name="plan">What to do.</param>
    /// <returns>Every fault where it was not started, another training of the same output among them.</returns>
    Task<TrainingAnswer> StartAsync([Immutable] TrainingPlan plan);

    /// <summary>Tells how far it is.</summary>
    [AlwaysInterleave]
    Task<TrainingProgress> GetProgressAsync();

    /// <summary>Stops it: the trainer writes a checkpoint and ends.</summary>
    /// <returns>False where it was never started or has ended.</returns>
    [AlwaysInterleave]
    Task<bool> CancelAsync();

    /// <summary>Takes the training up where no silo has it.</summary>
    /// <returns>How far it is.</returns>
    [AlwaysInterleave]
    Task<TrainingState> KeepAsync();

    /// <summary>Forgets a training that has ended, for good. One that has not is left alone.</summary>
    [OneWay]
    Task ForgetAsync();
}
