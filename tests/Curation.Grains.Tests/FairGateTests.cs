namespace Curation.Grains.Tests;

public sealed class FairGateTests
{
    [Fact]
    public async Task Waiting_groups_come_in_by_turns()
    {
        var gate = new FairGate(1);
        var order = new List<string>();
        var first = await gate.EnterAsync("a", TestContext.Current.CancellationToken);
        var waiting = "aaabb".Select(group => (Group: $"{group}", Turn: gate.EnterAsync($"{group}", TestContext.Current.CancellationToken))).ToList();

        first.Dispose();
        while (waiting.Count > 0)
        {
            var inside = await Task.WhenAny(waiting.Select(one => one.Turn));
            var entered = waiting.Single(one => one.Turn == inside);
            waiting.Remove(entered);
            order.Add(entered.Group);
            (await inside).Dispose();
        }

        Assert.Equal(["a", "b", "a", "b", "a"], order);
    }

    [Fact]
    public async Task Turn_that_is_given_up_lets_the_next_one_in()
    {
        var gate = new FairGate(1);
        using var givenUp = new CancellationTokenSource();
        var inside = await gate.EnterAsync("a", TestContext.Current.CancellationToken);
        var second = gate.EnterAsync("a", givenUp.Token);
        var third = gate.EnterAsync("a", TestContext.Current.CancellationToken);

        await givenUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        inside.Dispose();
        inside.Dispose();

        (await third).Dispose();
        (await gate.EnterAsync("b", TestContext.Current.CancellationToken)).Dispose();
    }

    [Fact]
    public async Task No_more_are_inside_than_the_gate_is_wide()
    {
        var gate = new FairGate(3);
        var inside = 0;
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, 100).Select(index => Task.Run(async () =>
        {
            using var turn = await gate.EnterAsync($"{index % 7}", TestContext.Current.CancellationToken);
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        })));

        Assert.InRange(most, 1, 3);
    }
}
