using Klear.Model.Model;
using Klear.Model.Numerics;
using static TorchSharp.torch;

namespace Klear.Bench;

/// <summary>A training step as the trainer takes it, without the reading of clips.</summary>
internal sealed class TrainingStep : IDisposable
{
    private readonly KlearTransformer _model;
    private readonly FlatParameters _parameters;
    private readonly FlatAdamW _optimizer;
    private readonly KlearInput _input;
    private Tensor? _loss;

    public TrainingStep(BenchShape shape)
    {
        manual_seed(1);
        _model = new KlearTransformer(shape.Config);
        using (no_grad())
        {
            // Fresh weights are zero in places; what products cost does not depend on it, but what denormals cost does.
            foreach (var parameter in _model.parameters()) parameter.add_(randn_like(parameter) * 0.01);
        }

        _parameters = new FlatParameters(_model);
        _optimizer = new FlatAdamW(_parameters, new AdamWOptions());
        _input = shape.Input();
        Parts = [Forward, Backward, Clip, Step];
    }

    /// <summary>Forward, backward, clipping and the optimiser, in this order.</summary>
    public Action[] Parts { get; }

    public void Dispose()
    {
        _loss?.Dispose();
        _optimizer.Dispose();
        _parameters.Dispose();
        _model.Dispose();
    }

    private void Forward()
    {
        var velocity = _model.call(_input);
        _loss = ((velocity.Video! - _input.Video!).square().mean() + (velocity.Audio! - _input.Audio!).square().mean()).DetachFromDisposeScope();
    }

    private void Backward()
    {
        _parameters.ZeroGradients();
        _loss!.backward();
        _parameters.CollectGradients();
        _loss.Dispose();
    }

    private void Clip() => GradientNorm.Clip(_parameters.Gradient, 1);

    private void Step() => _optimizer.Step(1e-4);
}
