using Curation.Pipeline.Budgets;

namespace Curation.Pipeline.Tests.Budgets;

public sealed class ByteBudgetTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wish_that_fits_is_granted_at_once_and_given_back_once()
    {
        var budget = new ByteBudget(100);

        var share = await budget.TakeAsync(60, Stop);

        Assert.Equal(60, budget.Used);
        share.Dispose();
        share.Dispose();
        Assert.Equal(0, budget.Used);
    }

    [Fact]
    public async Task Wish_that_does_not_fit_waits_for_what_is_given_back()
    {
        var budget = new ByteBudget(100);
        var first = await budget.TakeAsync(60, Stop);

        var second = budget.TakeAsync(50, Stop);

        Assert.False(second.IsCompleted);
        first.Dispose();
        using var granted = await second;
        Assert.Equal(50, budget.Used);
    }

    [Fact]
    public async Task Small_wish_passes_a_large_one_that_waits()
    {
        var budget = new ByteBudget(100);
        using var held = await budget.TakeAsync(60, Stop);
        var large = budget.TakeAsync(90, Stop);

        using var small = await budget.TakeAsync(10, Stop);

        Assert.False(large.IsCompleted);
        Assert.Equal(70, budget.Used);
    }

    [Fact]
    public async Task Large_wish_is_passed_only_so_often()
    {
        var budget = new ByteBudget(100);
        var held = await budget.TakeAsync(60, Stop);
        var large = budget.TakeAsync(90, Stop);
        for (var i = 0; i < ByteBudget.MostOvertaken; i++) (await budget.TakeAsync(10, Stop)).Dispose();

        var late = budget.TakeAsync(10, Stop);

        Assert.False(late.IsCompleted);
        held.Dispose();
        (await large).Dispose();
        (await late).Dispose();
        Assert.Equal(0, budget.Used);
    }

    [Fact]
    public async Task Wish_that_is_taken_back_lets_the_next_one_in()
    {
        var budget = new ByteBudget(100);
        var held = await budget.TakeAsync(100, Stop);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var lost = budget.TakeAsync(100, cancel.Token);
        var next = budget.TakeAsync(100, Stop);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lost);
        held.Dispose();

        (await next).Dispose();
        Assert.Equal(0, budget.Used);
    }

    [Fact]
    public async Task Wish_larger_than_the_budget_is_refused_instead_of_waiting_for_ever() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => new ByteBudget(100).TakeAsync(101, Stop));

    [Fact]
    public async Task Many_that_take_at_once_never_have_more_than_the_budget()
    {
        var budget = new ByteBudget(1000);
        var (now, most) = (0L, 0L);
        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Stop }, async (index, stop) =>
        {
            var bytes = 1 + (index * 7919 % 700);
            using var share = await budget.TakeAsync(bytes, stop);
            var used = Interlocked.Add(ref now, bytes);
            InterlockedMax(ref most, used);
            await Task.Yield();
            Interlocked.Add(ref now, -bytes);
        });

        Assert.InRange(most, 1, 1000);
        Assert.Equal(0, budget.Used);
    }

    private static void InterlockedMax(ref long place, long value)
    {
        for (var seen = Interlocked.Read(ref place); value > seen && Interlocked.CompareExchange(ref place, value, seen) != seen; seen = Interlocked.Read(ref place))
        {
        }
    }
}
