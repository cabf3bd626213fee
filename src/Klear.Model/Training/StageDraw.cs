using Curation.Clips;
using Klear.Model.Data;
using Klear.Model.Training.Plans;

namespace Klear.Model.Training;

/// <summary>Decides what each step of a stage trains: the task, and where the stage rebalances also the kind of clip. Every draw depends on the seed and the step alone.</summary>
internal sealed class StageDraw
{
    private readonly StagePlan _stage;
    private readonly long _seed;
    private readonly SampleOrder _order;

    public StageDraw(StagePlan stage, IReadOnlyList<LatentEntry> entries, int clips, long seed, StageState? resumed)
    {
        (_stage, _seed) = (stage, seed);
        _order = new SampleOrder(entries, clips, seed, stage.Splits);
        if (resumed is not null) _order.Restore(resumed.Cursor);
        if (stage.Rebalance is { } rule) Rebalancer = resumed?.Mixture is { } mixture ? new Rebalancer(rule, mixture) : new Rebalancer(rule, Cells());
    }

    /// <summary>Moves the mixture; null where the stage keeps it.</summary>
    public Rebalancer? Rebalancer { get; }

    /// <summary>What a checkpoint keeps.</summary>
    public StageState State => new(_order.Cursor, Rebalancer?.State);

    /// <summary>The next clips, and what they are trained on.</summary>
    /// <param name="step">Number of the step over the whole run.</param>
    /// <param name="part">Number of the part of the step.</param>
    public (TaskDraw Draw, IReadOnlyList<LatentEntry> Entries) Next(long step, int part)
    {
        var chance = StepRandom.Unit(_seed, step, part);
        if (Rebalancer is null) return (new TaskDraw(Pick(_stage.Tasks, chance), null), _order.Next());

        var cell = Pick(Rebalancer.State.Cells.ToDictionary(state => state.Cell, state => state.Share), chance);
        _order.SetMixture(new Dictionary<Split, double> { [cell.Split] = 1 });
        return (new TaskDraw(cell.Task, cell), _order.Next());
    }

    private Dictionary<MixtureCell, double> Cells() =>
        (from task in _stage.Tasks from split in _order.Mixture where task.Value * split.Value > 0 select (new MixtureCell(task.Key, split.Key), task.Value * split.Value)).ToDictionary();

    private static T Pick<T>(IReadOnlyDictionary<T, double> weights, double chance)
        where T : notnull
    {
        var left = chance * weights.Values.Sum();
        foreach (var (item, weight) in weights)
        {
            left -= weight;
            if (left < 0) return item;
        }

        // Rounding left a rest.
        return weights.Last(entry => entry.Value > 0).Key;
    }
}
