namespace Curation.Grains;

/// <summary>What states have in common.</summary>
public static class RunStates
{
    /// <summary>Whether a run in this state will never change again.</summary>
    /// <param name="state">The state.</param>
    /// <returns>True for done, cancelled and failed.</returns>
    public static bool IsEnded(this RunState state) => state is RunState.Done or RunState.Cancelled or RunState.Failed;
}
