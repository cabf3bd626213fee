using Curation.Dataset.Storage;

namespace Curation.Dataset.Tests;

/// <summary>Answers reads below a folder only once so many are asked at once.</summary>
internal sealed class SlowStore(IDatasetStore inner, string folder, int together) : StoreDecorator(inner)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _asked;
    private int _most;

    /// <summary>The most that was asked at once.</summary>
    public int Most => Volatile.Read(ref _most);

    public override async ValueTask<StoredObject?> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        if (!path.StartsWith(folder, StringComparison.Ordinal)) return await base.ReadAsync(path, cancellationToken);

        var asked = Interlocked.Increment(ref _asked);
        InterlockedMax(asked);
        if (asked == together) _all.TrySetResult();
        await _all.Task.WaitAsync(Patience, cancellationToken);
        var stored = await base.ReadAsync(path, cancellationToken);
        Interlocked.Decrement(ref _asked);
        return stored;
    }

    protected override ValueTask BeforeAsync(string operation, string path) => ValueTask.CompletedTask;

    private void InterlockedMax(int value)
    {
        for (var seen = Volatile.Read(ref _most); value > seen; seen = Volatile.Read(ref _most))
        {
            if (Interlocked.CompareExchange(ref _most, value, seen) == seen) return;
        }
    }
}
