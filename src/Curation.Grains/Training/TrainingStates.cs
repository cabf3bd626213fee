namespace Curation.Grains.Training;

/// <summary>What states have in common.</summary>
public static class TrainingStates
{
    /// <summary>Whether a training in this state will never change again.</summary>
    /// <param name="state">The state.</param>
    /// <returns>True for done, cancelled and failed.</returns>
    public static bool IsEnded(this TrainingState state) => state is TrainingState.Done or TrainingState.Cancelled or TrainingState.Failed;
}
