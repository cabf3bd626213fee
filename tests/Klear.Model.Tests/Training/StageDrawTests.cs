using Curation.Clips;
using Klear.Model.Model;
using Klear.Model.Training;
using Klear.Model.Training.Plans;

namespace Klear.Model.Tests.Training;

public sealed class StageDrawTests : IDisposable
{
    private static readonly StagePlan Stage = new("s", 100, new Dictionary<KlearTask, double> { [KlearTask.T2AV] = 3, [KlearTask.T2V] = 1 });

    private readonly TinyRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Tasks_come_as_often_as_their_weights_say()
    {
        var draw = new StageDraw(Stage, _run.Cache.Entries, 2, 1, null);

        var share = Enumerable.Range(0, 4000).Count(step => draw.Next(step, 0).Draw.Task == KlearTask.T2AV) / 4000.0;

        // 3 of 4, with a deviation of 0.0068.
        Assert.InRange(share, 0.72, 0.78);
    }

    [Fact]
    public void Cell_that_lags_is_drawn_more_often()
    {
        var draw = new StageDraw(Stage with { Rebalance = new RebalanceRule { Every = 10, Smoothing = 0, Temperature = 0.5 } }, _run.Cache.Entries, 2, 1, null);
        var weak = new MixtureCell(KlearTask.T2V, Split.Singing);
        Observe(1);
        Assert.NotNull(draw.Rebalancer!.Step(10));
        var before = draw.Rebalancer.ShareOf(weak);
        Observe(2);
        Assert.NotNull(draw.Rebalancer.Step(20));

        Assert.Equal(1 / 8.0, before, 9);
        Assert.True(draw.Rebalancer.ShareOf(weak) > 2 * before);
        var drawn = Enumerable.Range(0, 2000).Select(step => draw.Next(step, 0)).ToList();
        Assert.InRange(drawn.Count(each => each.Draw.Cell == weak) / 2000.0, draw.Rebalancer.ShareOf(weak) - 0.05, draw.Rebalancer.ShareOf(weak) + 0.05);
        Assert.All(drawn, each => Assert.All(each.Entries, entry => Assert.Equal(each.Draw.Cell!.Value.Split, entry.Split)));

        void Observe(double loss)
        {
            foreach (var cell in draw.Rebalancer!.State.Cells) draw.Rebalancer.Observe(cell.Cell, cell.Cell == weak ? loss : 1);
        }
    }

    [Fact]
    public void Draw_goes_on_from_its_state()
    {
        var straight = new StageDraw(Stage, _run.Cache.Entries, 2, 1, null);
        var first = new StageDraw(Stage, _run.Cache.Entries, 2, 1, null);
        for (var step = 0; step < 5; step++) Assert.Equal(straight.Next(step, 0).Entries, first.Next(step, 0).Entries);
        var resumed = new StageDraw(Stage, _run.Cache.Entries, 2, 1, first.State);

        for (var step = 5; step < 15; step++) Assert.Equal(straight.Next(step, 0).Entries, resumed.Next(step, 0).Entries);
    }
}
