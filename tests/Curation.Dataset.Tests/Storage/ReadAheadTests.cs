using Curation.Dataset.Storage;

namespace Curation.Dataset.Tests.Storage;

public sealed class ReadAheadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private int _taken;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Results_come_in_the_order_of_the_items_whichever_is_ready_first()
    {
        var reads = Enumerable.Range(0, 4).Select(_ => new TaskCompletionSource<int>()).ToArray();
        var results = ReadAhead.SelectAsync(Items(4), 4, (item, _) => reads[item].Task, Cancel).ToListAsync(Cancel);

        for (var item = 3; item >= 0; item--) reads[item].SetResult(item * 10);

        Assert.Equal([0, 10, 20, 30], await results);
    }

    [Fact]
    public async Task So_many_are_read_at_once_and_no_item_is_taken_beyond_them()
    {
        var (started, all, go) = (0, new TaskCompletionSource(), new TaskCompletionSource());
        var results = ReadAhead.SelectAsync(Items(100), 8, ReadAsync, Cancel).ToListAsync(Cancel);

        await all.Task.WaitAsync(Patience, Cancel);
        Assert.Equal((8, 8), (started, _taken));
        go.SetResult();

        Assert.Equal(Enumerable.Range(0, 100), await results);

        async Task<int> ReadAsync(int item, CancellationToken stop)
        {
            if (Interlocked.Increment(ref started) == 8) all.SetResult();
            await go.Task.WaitAsync(stop);
            return item;
        }
    }

    [Fact]
    public async Task Only_so_many_results_are_held_for_a_slow_reader()
    {
        await using var results = ReadAhead.SelectAsync(Items(100), 8, (item, _) => Task.FromResult(item), Cancel).GetAsyncEnumerator(Cancel);

        for (var item = 0; item < 20; item++) Assert.True(await results.MoveNextAsync());

        Assert.Equal(27, _taken);
    }

    [Fact]
    public async Task Failure_of_one_ends_the_others_before_it_is_told()
    {
        var ended = 0;

        await Assert.ThrowsAsync<DatasetException>(async () => await ReadAhead.SelectAsync(Items(100), 8, ReadAsync, Cancel).ToListAsync(Cancel));

        Assert.Equal((7, 8), (ended, _taken));

        async Task<int> ReadAsync(int item, CancellationToken stop)
        {
            await Task.Yield();
            if (item == 0) throw new DatasetException("gone");

            try
            {
                await Task.Delay(Timeout.Infinite, stop);
                return item;
            }
            finally
            {
                Interlocked.Increment(ref ended);
            }
        }
    }

    private async IAsyncEnumerable<int> Items(int count)
    {
        for (var item = 0; item < count; item++)
        {
            _taken++;
            yield return item;
        }

        await Task.CompletedTask;
    }
}
