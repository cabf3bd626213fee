using System.Diagnostics;
using Klear.Model.Data;
using Klear.Model.Flow;
using Klear.Model.Model;
using Klear.Model.Numerics;
using Klear.Model.Setup;
using Klear.Model.Training.Plans;
using Klear.Model.Training.State;
using static TorchSharp.torch;

namespace Klear.Model.Training;

/// <summary>Trains a model through the stages of a plan. It is synchronous, because torch's dispose scopes belong to a thread.</summary>
/// <param name="plan">The plan.</param>
/// <param name="recipe">The model's shape and what its latents are.</param>
/// <param name="cache">The encoded clips.</param>
/// <param name="store">Where checkpoints go.</param>
/// <param name="log">Where metrics go.</param>
/// <param name="progress">Told after each step.</param>
internal sealed class Trainer(TrainPlan plan, ModelRecipe recipe, LatentCache cache, CheckpointStore store, RunLog log, IProgress<TrainProgress>? progress) : IDisposable
{
    private readonly TrainedModel _trained = new(plan, recipe.Model);
    private readonly string _planHash = CanonicalPlan.Sha256(plan);

    private LossWatch _watch = Watch(plan, null);
    private TrainState? _resumed;
    private long _step;

    /// <summary>The model, for whoever looks at it after the run.</summary>
    public KlearTransformer Model => _trained.Model;

    /// <summary>Goes on from a checkpoint of the same plan and data.</summary>
    /// <exception cref="ArgumentException">The checkpoint is of another plan or other data.</exception>
    /// <exception cref="Curation.Models.Checkpoints.CheckpointException">The checkpoint is of another model.</exception>
    public void Resume(StoredCheckpoint checkpoint)
    {
        var state = checkpoint.ReadState<TrainState>();
        if (state.Plan != _planHash) throw new ArgumentException($"{checkpoint.Path} was trained with another plan; take that plan, or another output for this one", nameof(checkpoint));
        if (state.Recipe.Identity.Fingerprint != recipe.Identity.Fingerprint) throw new ArgumentException($"{checkpoint.Path} was trained on snapshot {state.Recipe.Identity.Snapshot}, and this is {recipe.Identity.Snapshot}; a run keeps its data", nameof(checkpoint));

        _trained.Load(checkpoint, state.Step);
        _watch = Watch(plan, state.Losses);
        _watch.LastGoodCheckpoint = checkpoint.Path;
        (_resumed, _step) = (state, state.Step);
    }

    /// <summary>Trains to the end of the plan and saves.</summary>
    /// <returns>The last checkpoint.</returns>
    /// <exception cref="TrainingDivergedException">The loss is lost; the checkpoints before are as they were.</exception>
    /// <exception cref="IOException">A checkpoint could not be written; those before are as they were.</exception>
    /// <exception cref="OperationCanceledException">Somebody stopped it; a checkpoint is saved.</exception>
    public StoredCheckpoint Run(CancellationToken cancellationToken)
    {
        StoredCheckpoint? last = null;
        for (var stage = _resumed?.Stage ?? 0; stage < plan.Stages.Count; stage++)
        {
            var from = _resumed?.Stage == stage ? _resumed : null;
            last = RunStage(stage, from, cancellationToken) ?? last;
        }

        return last ?? Save(plan.Stages.Count, 0, null);
    }

    public void Dispose() => _trained.Dispose();

    private StoredCheckpoint? RunStage(int index, TrainState? from, CancellationToken cancellationToken)
    {
        var stage = plan.Stages[index];
        var draw = new StageDraw(stage, StageClips.Of(stage, cache.Entries), plan.Batch / plan.Accumulate, plan.Seed + index, from?.Order);
        var rate = Schedule(stage);
        StoredCheckpoint? saved = null;
        for (var done = from?.StageStep ?? 0; done < stage.Steps;)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                Save(index, done, draw.State);
                cancellationToken.ThrowIfCancellationRequested();
            }

            Step(stage, draw, rate.At(done), ++done);
            var ended = done == stage.Steps;
            if (_step % plan.CheckpointEvery == 0 || (ended && index + 1 == plan.Stages.Count)) saved = ended ? Save(index + 1, 0, null) : Save(index, done, draw.State);
        }

        return saved;
    }

    private void Step(StagePlan stage, StageDraw draw, double learningRate, long stageStep)
    {
        var started = Stopwatch.GetTimestamp();
        using var scope = NewDisposeScope();
        _trained.Parameters.ZeroGradients();
        var losses = new StepLosses();
        for (var part = 0; part < plan.Accumulate; part++) Backward(draw, part, losses);
        _watch.Observe(_step + 1, losses.Total);
        var norm = GradientNorm.Clip(_trained.Parameters.Gradient, plan.ClipNorm > 0 ? plan.ClipNorm : double.PositiveInfinity)
            ?? throw new TrainingDivergedException(_step + 1, double.NaN, null, 0, _watch.LastGoodCheckpoint);
        _trained.Step(learningRate);
        _step++;

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var told = new TrainProgress(_step, plan.Steps, stage.Name, losses.Total, losses.Video, losses.Audio, norm, learningRate, seconds, losses.Tokens / seconds);
        TrainLog.Write(log, told, draw.Rebalancer?.Step(stageStep));
        progress?.Report(told);
    }

    private void Backward(StageDraw draw, int part, StepLosses losses)
    {
        using var scope = NewDisposeScope();
        var (drawn, entries) = draw.Next(_step, part);
        var batch = cache.ReadBatch(entries);
        using var random = StepRandom.Generator(plan.Seed, _step, part);
        var sample = TrainSample.Of(batch, plan.CaptionDropout.Video, plan.CaptionDropout.Audio, random);
        var loss = FlowLoss.Compute(_trained.Model, drawn.Task, sample, plan.Flow, random);
        loss.Total.div(plan.Accumulate).backward();
        _trained.Parameters.CollectGradients();
        losses.Add(loss, plan.Accumulate, TokenCount.Of(recipe.Model, FlowLoss.Masked(drawn.Task, sample)));
        if (drawn.Cell is { } cell) draw.Rebalancer!.Observe(cell, loss.Total.item<float>());
    }

    private StoredCheckpoint Save(int stage, long stageStep, StageState? order)
    {
        var saved = _trained.Save(store, new TrainState(_planHash, recipe, _step, stage, stageStep, order, _watch.Recent));
        _watch.LastGoodCheckpoint = saved.Path;
        return saved;
    }

    private LearningRateSchedule Schedule(StagePlan stage)
    {
        var peak = stage.LearningRate ?? plan.Optimizer.LearningRate;
        return new LearningRateSchedule { Peak = peak, WarmUpSteps = Math.Min(plan.Schedule.Warmup, stage.Steps - 1), TotalSteps = stage.Steps, Floor = plan.Schedule.Floor * peak, Shape = plan.Schedule.Decay };
    }

    private static LossWatch Watch(TrainPlan plan, IReadOnlyList<double>? recent) =>
        new(plan.Divergence, recent);
}
