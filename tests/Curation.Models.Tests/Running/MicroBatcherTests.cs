using System.Collections.Concurrent;
using Curation.Models.Running;

namespace Curation.Models.Tests.Running;

public sealed class MicroBatcherTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(20);

    private readonly HandTime _time = new();
    private readonly ConcurrentQueue<int[]> _batches = new();

    [Fact]
    public async Task A_full_batch_runs_at_once()
    {
        await using var batcher = Batcher(3);

        var answers = await Task.WhenAll(Ask(batcher, 1), Ask(batcher, 2), Ask(batcher, 3));

        Assert.Equal([10, 20, 30], answers);
        Assert.Equal(3, Assert.Single(_batches).Length);
    }

    [Fact]
    public async Task A_lone_request_waits_for_the_delay_and_no_longer()
    {
        await using var batcher = Batcher(3);

        var answer = Ask(batcher, 1);
        await _time.TimerSetAsync();
        _time.Advance(Delay - TimeSpan.FromTicks(1));
        Assert.Empty(_batches);
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(10, await answer);
    }

    [Fact]
    public async Task Without_delay_only_what_waits_already_is_gathered()
    {
        await using var batcher = Batcher(8, TimeSpan.Zero);

        Assert.Equal(10, await Ask(batcher, 1));
    }

    [Fact]
    public async Task A_cancelled_request_leaves_and_the_others_are_answered()
    {
        await using var batcher = Batcher(3);
        using var leaving = new CancellationTokenSource();

        var (first, second) = (Ask(batcher, 1), batcher.AskAsync(2, leaving.Token));
        await _time.TimerSetAsync();
        await leaving.CancelAsync();
        _time.Advance(Delay);

        await Assert.ThrowsAsync<TaskCanceledException>(() => second);
        Assert.Equal(10, await first);
    }

    [Fact]
    public async Task A_batch_that_fails_fails_its_own_requests_only()
    {
        await using var batcher = Batcher(2, fails: batch => batch.Contains(13) ? new InvalidDataException("thirteen") : null);

        var bad = Ask(batcher, 13);
        var beside = Ask(batcher, 1);
        await Assert.ThrowsAsync<InvalidDataException>(() => bad);
        await Assert.ThrowsAsync<InvalidDataException>(() => beside);

        var answers = await Task.WhenAll(Ask(batcher, 2), Ask(batcher, 3));
        Assert.Equal([20, 30], answers);
    }

    [Fact]
    public async Task Out_of_memory_halves_the_batch_tries_again_and_remembers()
    {
        await using var batcher = Batcher(8, fails: batch => batch.Length > 2 ? new InsufficientMemoryException() : null);

        var asked = Enumerable.Range(1, 8).Select(number => Ask(batcher, number)).ToArray();
        var answers = await Task.WhenAll(asked);

        Assert.Equal(Enumerable.Range(1, 8).Select(number => number * 10), answers);
        Assert.Equal([8, 4, 2, 2, 2, 2], _batches.Select(batch => batch.Length));
        Assert.Equal(2, batcher.CurrentSize);
    }

    [Fact]
    public async Task Out_of_memory_for_one_request_is_its_failure()
    {
        await using var batcher = Batcher(1, fails: _ => new InsufficientMemoryException());

        await Assert.ThrowsAsync<InsufficientMemoryException>(() => Ask(batcher, 1));
    }

    [Fact]
    public async Task Callers_wait_when_the_queue_is_full()
    {
        var gate = new TaskCompletionSource();
        await using var batcher = new MicroBatcher<int, int>(
            async (batch, _) =>
            {
                await gate.Task;
                return [.. batch];
            },
            new BatchOptions { MaxSize = 1, QueueLength = 2 },
            _time);
        var asked = Enumerable.Range(0, 6).Select(number => Ask(batcher, number)).ToArray();
        using var impatient = new CancellationTokenSource();

        // One runs, two wait in the queue; this one waits outside, and may leave from there.
        var outside = batcher.AskAsync(99, impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => outside);
        gate.SetResult();

        var answers = await Task.WhenAll(asked);
        Assert.Equal([0, 1, 2, 3, 4, 5], answers);
    }

    [Fact]
    public async Task A_run_with_another_number_of_results_is_a_failure_of_the_batch()
    {
        await using var batcher = new MicroBatcher<int, int>((_, _) => Task.FromResult<IReadOnlyList<int>>([]), new BatchOptions { MaxSize = 1 }, _time);

        Assert.Contains("1 requests got 0 results", (await Assert.ThrowsAsync<InvalidOperationException>(() => Ask(batcher, 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_batcher_refuses()
    {
        var batcher = Batcher(2);
        var waiting = Ask(batcher, 1);
        await _time.TimerSetAsync();
        await batcher.DisposeAsync();
        await batcher.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => Ask(batcher, 2));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
    }

    [Fact]
    public void Wrong_bounds_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Batcher(0));
    }

    private static Task<int> Ask(MicroBatcher<int, int> batcher, int number) => batcher.AskAsync(number, TestContext.Current.CancellationToken);

    private MicroBatcher<int, int> Batcher(int size, TimeSpan? delay = null, Func<int[], Exception?>? fails = null) => new(
        (batch, _) =>
        {
            _batches.Enqueue([.. batch]);
            return fails?.Invoke([.. batch]) is { } failure ? Task.FromException<IReadOnlyList<int>>(failure) : Task.FromResult<IReadOnlyList<int>>([.. batch.Select(number => number * 10)]);
        },
        new BatchOptions { MaxSize = size, MaxDelay = delay ?? Delay },
        _time);
}
