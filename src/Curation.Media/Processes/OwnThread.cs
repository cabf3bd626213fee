namespace Curation.Media.Processes;

/// <summary>Reads of a child's pipes block, so they get a thread that the pool does not miss.</summary>
internal static class OwnThread
{
    /// <summary>Runs something there.</summary>
    public static Task Run(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
