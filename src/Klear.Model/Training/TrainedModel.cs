using Klear.Model.Model;
using Klear.Model.Numerics;
using Klear.Model.Training.Plans;
using Klear.Model.Training.State;
using static TorchSharp.torch;

namespace Klear.Model.Training;

/// <summary>A model with its optimiser and its moving average: everything that a step changes and a checkpoint keeps.</summary>
internal sealed class TrainedModel : IDisposable
{
    private readonly FlatAdamW _optimizer;
    private readonly ExponentialAverage? _average;

    public TrainedModel(TrainPlan plan, KlearConfig config)
    {
        manual_seed(plan.Seed);
        Model = new KlearTransformer(config) { Recomputes = plan.ActivationCheckpointing };
        Model.train();
        Parameters = new FlatParameters(Model, plan.Precision == ComputePrecision.Bf16 ? ScalarType.BFloat16 : ScalarType.Float32);
        _optimizer = new FlatAdamW(Parameters, new AdamWOptions
        {
            Beta1 = plan.Optimizer.Beta1,
            Beta2 = plan.Optimizer.Beta2,
            Epsilon = plan.Optimizer.Epsilon,
            WeightDecay = plan.Optimizer.WeightDecay,
        });
        _average = plan.Ema > 0 ? new ExponentialAverage(Parameters, plan.Ema) : null;
    }

    public KlearTransformer Model { get; }

    public FlatParameters Parameters { get; }

    /// <summary>One step by the gradients that are there.</summary>
    public void Step(double learningRate)
    {
        _optimizer.Step(learningRate);
        _average?.Update();
    }

    /// <summary>Saves all of it.</summary>
    public StoredCheckpoint Save(CheckpointStore store, TrainState state)
    {
        using var scope = NewDisposeScope();
        return store.Save(state.Step, new CheckpointTensors(Parameters.Views(Parameters.Master), _average is null ? null : Parameters.Views(_average.Average), _optimizer.Moments()), state);
    }

    /// <summary>Goes on from a checkpoint.</summary>
    /// <exception cref="Curation.Models.Checkpoints.CheckpointException">It is of another model.</exception>
    public void Load(StoredCheckpoint checkpoint, long steps)
    {
        using var scope = NewDisposeScope();
        using (var file = checkpoint.OpenModel()) TensorLoad.FillExactly(file, Parameters.Views(Parameters.Master));
        Parameters.CopyToModule();
        using (var file = checkpoint.OpenOptimizer())
        {
            if (file is not null) TensorLoad.FillExactly(file, _optimizer.Moments());
        }

        using (var file = checkpoint.OpenAverage())
        {
            if (file is not null && _average is not null) TensorLoad.FillExactly(file, Parameters.Views(_average.Average));
        }

        _optimizer.ResumeAfter(steps);
        _average?.ResumeAfter(steps);
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _average?.Dispose();
        Parameters.Dispose();
        Model.Dispose();
    }
}
