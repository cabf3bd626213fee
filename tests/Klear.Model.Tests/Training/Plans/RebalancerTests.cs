using System.Text.Json;
using Curation.Clips;
using Klear.Model.Model;
using Klear.Model.Training.Plans;

namespace Klear.Model.Tests.Training.Plans;

public sealed class RebalancerTests
{
    private static readonly MixtureCell Singing = new(KlearTask.T2AV, Split.Singing);
    private static readonly MixtureCell Sound = new(KlearTask.T2AV, Split.Sound);
    private static readonly MixtureCell Speech = new(KlearTask.T2A, Split.SingleSpeech);

    // Nothing is smoothed and next to nothing is bounded, so that one change shows the formula.
    private static readonly RebalanceRule Bare = new() { Every = 1, Temperature = 1, Smoothing = 0, Floor = 0, Ceiling = 1000 };

    // Gaps of ln 3 and 0 at temperature 1: exp gives 3 to 1.
    [Fact]
    public void Shares_are_proportional_to_the_exponent_of_the_gap()
    {
        var rebalancer = new Rebalancer(Bare, Even(Singing, Sound), new Dictionary<MixtureCell, double> { [Singing] = 2, [Sound] = 5 });
        rebalancer.Observe(Singing, 2 * (1 + Math.Log(3)));
        rebalancer.Observe(Sound, 5);

        var change = rebalancer.Step(1)!;

        Assert.Equal(0.75, rebalancer.ShareOf(Singing), 1e-12);
        Assert.Equal(0.25, rebalancer.ShareOf(Sound), 1e-12);
        Assert.Equal(1, change.Step);
        Assert.Equal(new CellChange(Sound, 5, 5, 0, 0.5, rebalancer.ShareOf(Sound)), change.Cells[0]);
        Assert.Equal(Math.Log(3), change.Cells[1].Gap, 1e-12);
    }

    // Gaps of 0.2 and 0 at temperature 0.1: exp(2) to 1, on bases 1 to 3.
    [Fact]
    public void Temperature_divides_the_gap_and_the_base_weighs_it()
    {
        var rebalancer = new Rebalancer(Bare with { Temperature = 0.1 }, new Dictionary<MixtureCell, double> { [Singing] = 1, [Sound] = 3 }, new Dictionary<MixtureCell, double> { [Singing] = 1, [Sound] = 1 });
        rebalancer.Observe(Singing, 1.2);
        rebalancer.Observe(Sound, 1);

        rebalancer.Step(1);

        Assert.Equal(Math.Exp(2) / (Math.Exp(2) + 3), rebalancer.ShareOf(Singing), 1e-12);
    }

    // Half of 4 and half of 2 is 3; half of 3 and half of 1 is 2.
    [Fact]
    public void Losses_are_smoothed_by_an_exponential_average_that_starts_at_the_first()
    {
        var rebalancer = new Rebalancer(Bare with { Smoothing = 0.5 }, Even(Singing));

        foreach (var loss in new double[] { 4, 2, 1 }) rebalancer.Observe(Singing, loss);

        Assert.Equal(2, rebalancer.State.Cells[0].Loss);
    }

    [Fact]
    public void First_change_takes_the_references_and_moves_nothing()
    {
        var rebalancer = new Rebalancer(Bare, Even(Singing, Sound));
        rebalancer.Observe(Singing, 8);
        rebalancer.Observe(Sound, 2);

        var change = rebalancer.Step(1)!;

        Assert.Equal([2d, 8], change.Cells.Select(cell => cell.Reference));
        Assert.All(change.Cells, cell => Assert.Equal((0, 0.5, 0.5), (cell.Gap, cell.Before, cell.After)));
    }

    // Singing stays at its reference while sound halves its loss: gaps 0 and -1/2.
    [Fact]
    public void Cell_that_lags_behind_the_others_gains()
    {
        var rebalancer = new Rebalancer(Bare, Even(Singing, Sound));
        rebalancer.Observe(Singing, 8);
        rebalancer.Observe(Sound, 2);
        rebalancer.Step(1);
        rebalancer.Observe(Sound, 1);

        rebalancer.Step(2);

        Assert.Equal(1 / (1 + Math.Exp(-0.5)), rebalancer.ShareOf(Singing), 1e-12);
    }

    [Fact]
    public void Nothing_changes_between_the_steps_that_are_due()
    {
        var rebalancer = new Rebalancer(Bare with { Every = 3 }, Even(Singing, Sound), new Dictionary<MixtureCell, double> { [Singing] = 1 });
        rebalancer.Observe(Singing, 9);

        Assert.Null(rebalancer.Step(1));
        Assert.Null(rebalancer.Step(2));
        Assert.Equal(0.5, rebalancer.ShareOf(Singing));
        Assert.NotNull(rebalancer.Step(3));
        Assert.True(rebalancer.ShareOf(Singing) > 0.9);
    }

    [Fact]
    public void Cell_that_was_never_seen_has_no_gap()
    {
        var rebalancer = new Rebalancer(Bare, Even(Singing, Sound, Speech));

        var change = rebalancer.Step(1)!;

        Assert.All(change.Cells, cell => Assert.Equal((null, null, 0), (cell.Loss, cell.Reference, cell.Gap)));
        Assert.All(change.Cells, cell => Assert.Equal(1 / 3.0, cell.After, 1e-12));
        Assert.Equal(0, rebalancer.ShareOf(new MixtureCell(KlearTask.I2V, Split.Sound)));
    }

    // A loss a million times its reference: the ceiling of 1.5 gives 1/2; the others share the other half evenly, above their floor of 1/6.
    [Theory]
    [InlineData(1e6)]
    [InlineData(1e300)]
    public void Extreme_gap_stays_within_the_bounds(double loss)
    {
        var rebalancer = new Rebalancer(Bare with { Floor = 0.5, Ceiling = 1.5 }, Even(Singing, Sound, Speech), new Dictionary<MixtureCell, double> { [Singing] = 1 });
        rebalancer.Observe(Singing, loss);

        rebalancer.Step(1);

        Assert.Equal(0.5, rebalancer.ShareOf(Singing), 1e-12);
        Assert.Equal(0.25, rebalancer.ShareOf(Sound), 1e-12);
        Assert.Equal(0.25, rebalancer.ShareOf(Speech), 1e-12);
    }

    [Fact]
    public void Whatever_the_losses_shares_keep_to_their_bounds_and_sum_to_one()
    {
        var random = new Random(5);
        var cells = (from task in Enum.GetValues<KlearTask>() from split in Enum.GetValues<Split>() select new MixtureCell(task, split)).ToDictionary(cell => cell, _ => 0.01 + random.NextDouble());
        var rebalancer = new Rebalancer(new RebalanceRule { Every = 5, Temperature = 0.05, Smoothing = 0.8 }, cells);

        for (var step = 1; step <= 200; step++)
        {
            foreach (var cell in cells.Keys.Where(_ => random.Next(3) == 0)) rebalancer.Observe(cell, random.NextDouble() * 10);
            rebalancer.Step(step);

            var state = rebalancer.State.Cells;
            Assert.Equal(1, state.Sum(cell => cell.Share), 1e-9);
            Assert.All(state, cell => Assert.InRange(cell.Share, (0.25 * cell.Base) - 1e-12, (4 * cell.Base) + 1e-12));
        }
    }

    [Fact]
    public void State_written_and_read_in_the_middle_leads_to_the_same_shares()
    {
        var straight = new Rebalancer(new RebalanceRule { Every = 4 }, Even(Singing, Sound, Speech));
        var resumed = new Rebalancer(new RebalanceRule { Every = 4 }, Even(Speech, Sound, Singing));
        var random = new Random(3);
        for (var step = 1; step <= 40; step++)
        {
            foreach (var cell in new[] { Singing, Sound, Speech })
            {
                var loss = random.NextDouble();
                straight.Observe(cell, loss);
                resumed.Observe(cell, loss);
            }

            if (step % 7 == 0) resumed = new Rebalancer(new RebalanceRule { Every = 4 }, JsonSerializer.Deserialize<RebalanceState>(JsonSerializer.Serialize(resumed.State))!);
            Assert.Equal(straight.Step(step)?.Cells, resumed.Step(step)?.Cells);
        }

        Assert.Equal(straight.State.Cells, resumed.State.Cells);
        Assert.NotEqual(1 / 3.0, straight.ShareOf(Singing));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void Loss_that_is_none_is_refused(double loss) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rebalancer(Bare, Even(Singing)).Observe(Singing, loss));

    [Fact]
    public void Cells_and_numbers_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Rebalancer(Bare, Even(Singing)).Observe(Sound, 1));
        Assert.Throws<ArgumentException>(() => new Rebalancer(Bare, Even()));
        Assert.Throws<ArgumentException>(() => new Rebalancer(Bare, new Dictionary<MixtureCell, double> { [Singing] = 0, [Sound] = 1 }));
        Assert.Throws<ArgumentException>(() => new Rebalancer(Bare, Even(Singing), new Dictionary<MixtureCell, double> { [Sound] = 1 }));
        Assert.Throws<ArgumentException>(() => new Rebalancer(Bare, Even(Singing), new Dictionary<MixtureCell, double> { [Singing] = 0 }));
        Assert.Throws<ArgumentException>(() => new Rebalancer(Bare, new RebalanceState([new CellState(Singing, 0.4, 0.4, null, null)])));
    }

    private static Dictionary<MixtureCell, double> Even(params ReadOnlySpan<MixtureCell> cells)
    {
        var weights = new Dictionary<MixtureCell, double>();
        foreach (var cell in cells) weights.Add(cell, 2);

        return weights;
    }
}
