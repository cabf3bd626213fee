using System.Threading.Channels;

namespace Curation.Models.Running;

/// <summary>
/// Gathers requests of many callers into batches for one model: a batch runs when it is full or when its first request has waited long enough.
/// The queue is bounded, so callers wait when the model is behind. A batch that runs out of memory is halved and tried again, and the smaller size is kept.
/// A batch that fails otherwise fails only the requests in it.
/// </summary>
/// <typeparam name="TRequest">What a caller asks.</typeparam>
/// <typeparam name="TResult">What it gets.</typeparam>
public sealed class MicroBatcher<TRequest, TResult> : IAsyncDisposable
{
    private readonly Func<IReadOnlyList<TRequest>, CancellationToken, Task<IReadOnlyList<TResult>>> _run;
    private readonly BatchOptions _options;
    private readonly TimeProvider _time;
    private readonly Channel<Pending> _queue;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _working;
    private int _size;

    /// <summary>Starts gathering.</summary>
    /// <param name="run">Runs one batch: as many results as requests, in order. Never called twice at once.</param>
    /// <param name="options">Size, delay and queue.</param>
    /// <param name="time">The clock of the delay.</param>
    public MicroBatcher(Func<IReadOnlyList<TRequest>, CancellationToken, Task<IReadOnlyList<TResult>>> run, BatchOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        if (options.Faults("options").FirstOrDefault() is { } fault) throw new ArgumentException(fault, nameof(options));

        (_run, _options, _time, _size) = (run, options, time, options.MaxSize);
        _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(options.QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        _working = Task.Run(WorkAsync);
    }

    /// <summary>Most requests in the next batch: the configured size, or less once memory ran out.</summary>
    public int CurrentSize => Volatile.Read(ref _size);

    /// <summary>Asks for one result.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Takes this request back; others in its batch go on.</param>
    /// <returns>The result.</returns>
    public async Task<TResult> AskAsync(TRequest request, CancellationToken cancellationToken = default)
    {
        var pending = new Pending(request);
        await using var taken = cancellationToken.Register(() => pending.Answer.TrySetCanceled(cancellationToken));
        try
        {
            await _queue.Writer.WriteAsync(pending, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(GetType().Name, "The batcher has stopped; nothing was run.");
        }

        return await pending.Answer.Task;
    }

    /// <summary>Stops: the batch that runs is cancelled, and requests that still wait fail as disposed.</summary>
    /// <returns>When it has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        if (!_stopping.IsCancellationRequested) await _stopping.CancelAsync();
        await _working;
        _stopping.Dispose();
    }

    private async Task WorkAsync()
    {
        while (await GatherAsync() is { } batch)
        {
            var remaining = new Queue<Pending>(batch.Where(pending => !pending.Answer.Task.IsCompleted));
            while (remaining.Count > 0) await RunSomeAsync(remaining);
        }

        while (_queue.Reader.TryRead(out var late)) late.Answer.TrySetException(new ObjectDisposedException(GetType().Name, "The batcher stopped before this request ran."));
    }

    private async Task<List<Pending>?> GatherAsync()
    {
        try
        {
            var batch = new List<Pending> { await _queue.Reader.ReadAsync(_stopping.Token) };
            using var patience = new CancellationTokenSource(_options.MaxDelay, _time);
            using var until = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stopping.Token);
            while (batch.Count < _size)
            {
                if (_queue.Reader.TryRead(out var next))
                {
                    if (!next.Answer.Task.IsCompleted) batch.Add(next);
                    continue;
                }

                try
                {
                    if (!await _queue.Reader.WaitToReadAsync(until.Token)) break;
                }
                catch (OperationCanceledException) when (until.IsCancellationRequested)
                {
                    break;
                }
            }

            return batch;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return null;
        }
        catch (ChannelClosedException)
        {
            return null;
        }
    }

    private async Task RunSomeAsync(Queue<Pending> remaining)
    {
        var some = new List<Pending>();
        while (some.Count < _size && remaining.TryDequeue(out var next)) some.Add(next);

        try
        {
            ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
            var results = await _run([.. some.Select(pending => pending.Request)], _stopping.Token);
            if (results.Count != some.Count) throw new InvalidOperationException($"A batch of {some.Count} requests got {results.Count} results.");
            for (var i = 0; i < some.Count; i++) some[i].Answer.TrySetResult(results[i]);
        }
        catch (Exception exception) when (OutOfMemory.Says(exception) && some.Count > 1)
        {
            Volatile.Write(ref _size, Math.Max(1, some.Count / 2));
            var rest = remaining.ToArray();
            remaining.Clear();
            foreach (var pending in some.Concat(rest)) remaining.Enqueue(pending);
        }
        catch (Exception exception)
        {
            // The edge between a batch and its callers: each gets the exception as its own, and the worker lives on.
            foreach (var pending in some) pending.Answer.TrySetException(exception);
        }
    }

    private sealed record Pending(TRequest Request)
    {
        public TaskCompletionSource<TResult> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
