namespace Curation.Pipeline.Budgets;

/// <summary>A number of bytes that is shared out; who asks for more than is left waits.</summary>
/// <remarks>
/// In order of asking, but a large wish that does not fit yet lets smaller ones pass, and only so many of them:
/// large files do not hold up small ones, and small ones do not starve large ones.
/// </remarks>
public sealed class ByteBudget
{
    /// <summary>How many wishes may pass one that waits. Uncalibrated.</summary>
    public const int MostOvertaken = 32;

    private readonly Lock _lock = new();
    private readonly LinkedList<Wish> _waiting = [];

    /// <summary>A budget of which nothing is used.</summary>
    /// <param name="capacity">Bytes; at least 1.</param>
    public ByteBudget(long capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
    }

    /// <summary>Bytes in all.</summary>
    public long Capacity { get; }

    /// <summary>Bytes given out.</summary>
    public long Used { get; private set; }

    /// <summary>Wishes that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock) return _waiting.Count;
        }
    }

    /// <summary>Waits for bytes.</summary>
    /// <param name="bytes">How many; 0..<see cref="Capacity"/>.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Dispose it to give them back.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It would wait for ever.</exception>
    public async Task<IDisposable> TakeAsync(long bytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Capacity);
        cancellationToken.ThrowIfCancellationRequested();

        var wish = new Wish(bytes);
        lock (_lock)
        {
            _waiting.AddLast(wish);
            Grant();
        }

        try
        {
            await wish.Granted.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
            {
                // Granted in the same moment: then it is given back.
                if (!_waiting.Remove(wish)) Used -= bytes;
                Grant();
            }

            throw;
        }

        return new Share(this, bytes);
    }

    private void Grant()
    {
        for (var node = _waiting.First; node is not null;)
        {
            var (wish, next) = (node.Value, node.Next);
            if (Used + wish.Bytes <= Capacity)
            {
                for (var passed = node.Previous; passed is not null; passed = passed.Previous) passed.Value.Overtaken++;

                Used += wish.Bytes;
                _waiting.Remove(node);
                wish.Granted.SetResult();
            }
            else if (wish.Overtaken >= MostOvertaken)
            {
                return;
            }

            node = next;
        }
    }

    private void GiveBack(long bytes)
    {
        lock (_lock)
        {
            Used -= bytes;
            Grant();
        }
    }

    private sealed class Wish(long bytes)
    {
        public long Bytes => bytes;

        public int Overtaken { get; set; }

        public TaskCompletionSource Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Share(ByteBudget budget, long bytes) : IDisposable
    {
        private ByteBudget? _budget = budget;

        public void Dispose() => Interlocked.Exchange(ref _budget, null)?.GiveBack(bytes);
    }
}
