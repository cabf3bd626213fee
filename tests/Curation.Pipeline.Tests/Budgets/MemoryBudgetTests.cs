using Curation.Pipeline.Budgets;

namespace Curation.Pipeline.Tests.Budgets;

public sealed class MemoryBudgetTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_that_needs_more_than_there_is_runs_alone()
    {
        var budget = new MemoryBudget(new MemoryOptions { Bytes = 100 });
        var small = await budget.HoldAsync(1, Stop);

        var large = budget.HoldAsync(1000, Stop);
        Assert.False(large.IsCompleted);
        small.Dispose();
        using (await large)
        {
            Assert.Equal(100, budget.Used);
            Assert.False(budget.HoldAsync(1, Stop).IsCompleted);
        }
    }

    [Fact]
    public void Default_is_a_part_of_what_the_machine_has() =>
        Assert.InRange(new MemoryOptions().Bytes, 1, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
}
