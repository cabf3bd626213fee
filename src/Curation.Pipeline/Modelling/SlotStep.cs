namespace Curation.Pipeline.Modelling;

/// <summary>One slot's part of a stage: where its model fails, what is known stays as it was, and the failure is written down.</summary>
internal static class SlotStep
{
    /// <summary>Runs the step.</summary>
    /// <param name="state">What is known before it.</param>
    /// <param name="slot">Whose model it asks.</param>
    /// <param name="step">Gives what is known after it.</param>
    public static async Task<ClipState> RunAsync(ClipState state, string slot, Func<Task<ClipState>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception fault) when (ModelFailure.Of(slot, fault) is { } failure)
        {
            return state.Without(failure);
        }
    }
}
