namespace Curation.Pipeline.Training;

/// <summary>Starts trainers on this machine.</summary>
public interface ITrainerLauncher
{
    /// <summary>Looks for what would keep a training from starting here.</summary>
    /// <param name="plan">The training.</param>
    /// <returns>Every fault, for a person to read; none where it can start.</returns>
    IReadOnlyList<string> FindFaults(TrainingPlan plan);

    /// <summary>Starts the trainer, which goes on from the newest checkpoint in the output.</summary>
    /// <param name="plan">The training.</param>
    /// <returns>The running trainer; nobody else can start one for this output before it is disposed.</returns>
    /// <exception cref="StoreUnavailableException">Not now: somebody else has the output, or something it needs is not there.</exception>
    Task<ITrainer> StartAsync(TrainingPlan plan);
}
