namespace Curation.Grains;

/// <summary>Replaces a grain's state so that what is not durable is not so.</summary>
internal static class StateWriting
{
    /// <summary>Writes a new state. Where that fails the old one stands, and the grain leaves: its next activation reads what is, should somebody else have written.</summary>
    /// <param name="state">The state.</param>
    /// <param name="next">What it is to be.</param>
    /// <param name="leave">Deactivates the grain.</param>
    public static async Task ReplaceAsync<T>(this IPersistentState<T> state, T next, Action leave)
    {
        var before = state.State;
        state.State = next;
        var written = false;
        try
        {
            await state.WriteStateAsync();
            written = true;
        }
        finally
        {
            if (!written)
            {
                state.State = before;
                leave();
            }
        }
    }
}
