namespace Curation.Grains.Tests;

public sealed class ClusterPatienceTests
{
    private readonly List<Exception> _told = [];
    private int _trials;

    [Fact]
    public async Task Work_is_done_again_after_trouble_of_the_cluster_and_where_it_says_so()
    {
        await Patience().DoAsync(
            () => ++_trials switch
            {
                1 => throw new OrleansException("the storage is away"),
                2 => throw new TimeoutException("no answer"),
                3 => Task.FromResult(false),
                _ => Task.FromResult(true),
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(4, _trials);
        Assert.Equal(["the storage is away", "no answer"], _told.Select(trouble => trouble.Message));
    }

    [Fact]
    public async Task Bug_is_not_tried_again()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Patience().DoAsync(
            () =>
            {
                _trials++;
                throw new InvalidOperationException("impossible");
            },
            TestContext.Current.CancellationToken));

        Assert.Equal(1, _trials);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task Stop_ends_the_patience_between_two_trials()
    {
        using var stop = new CancellationTokenSource();
        var patience = new ClusterPatience(TimeSpan.FromDays(1), TimeProvider.System, _ => stop.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => patience.DoAsync(() => throw new OrleansException("away"), stop.Token));
    }

    [Fact]
    public async Task Supervised_work_tells_its_trouble_and_throws_none()
    {
        Assert.Null(await Task.CompletedTask.TroubleAsync());
        Assert.Equal("bug", (await Task.FromException(new InvalidOperationException("bug")).TroubleAsync())?.Message);
        Assert.IsType<TaskCanceledException>(await Task.FromCanceled(new CancellationToken(canceled: true)).TroubleAsync());
    }

    private ClusterPatience Patience() => new(TimeSpan.FromMilliseconds(1), TimeProvider.System, _told.Add);
}
