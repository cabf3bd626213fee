namespace Curation.Grains;

/// <summary>Waits for work whose trouble must not become the waiter's own: one run or one schedule must not end the care for the others.</summary>
internal static class Supervision
{
    /// <summary>Waits until the work has ended, however it ends.</summary>
    /// <returns>What went wrong, for the waiter to tell; null where nothing did.</returns>
    public static async Task<Exception?> TroubleAsync(this Task work)
    {
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return work.IsCanceled ? new TaskCanceledException(work) : work.Exception?.InnerException;
    }
}
