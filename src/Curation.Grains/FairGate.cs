namespace Curation.Grains;

/// <summary>Bounds how many are inside at once. Those who wait come in by turns of their groups, so that a group with many does not keep out one with few.</summary>
/// <param name="width">How many may be inside, at least 1.</param>
public sealed class FairGate(int width)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedList<TaskCompletionSource<IDisposable>>> _waiting = new(StringComparer.Ordinal);
    private readonly Queue<string> _turns = new();
    private int _free = width;

    /// <summary>Waits for a turn.</summary>
    /// <param name="group">Whose turn, such as a run's id.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Dispose it to let the next one in.</returns>
    public async Task<IDisposable> EnterAsync(string group, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        cancellationToken.ThrowIfCancellationRequested();

        var turn = new TaskCompletionSource<IDisposable>(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<TaskCompletionSource<IDisposable>> node;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return new Turn(this);
            }

            if (!_waiting.TryGetValue(group, out var queue))
            {
                _waiting[group] = queue = new LinkedList<TaskCompletionSource<IDisposable>>();
                _turns.Enqueue(group);
            }

            node = queue.AddLast(turn);
        }

        await using var stopped = cancellationToken.Register(() =>
        {
            lock (_lock)
            {
                // Whoever has just been let in stays in, and finds out about the cancellation inside.
                if (node.List is not { } queue) return;
                queue.Remove(node);
            }

            turn.TrySetCanceled(cancellationToken);
        });
        return await turn.Task;
    }

    private void Leave()
    {
        TaskCompletionSource<IDisposable>? next = null;
        lock (_lock)
        {
            while (next is null && _turns.TryDequeue(out var group))
            {
                var queue = _waiting[group];
                if (queue.First is { } first)
                {
                    next = first.Value;
                    queue.RemoveFirst();
                }

                if (queue.Count > 0) _turns.Enqueue(group);
                else _waiting.Remove(group);
            }

            if (next is null) _free++;
        }

        next?.SetResult(new Turn(this));
    }

    private sealed class Turn(FairGate gate) : IDisposable
    {
        private FairGate? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave();
    }
}
