using static TorchSharp.torch;

namespace Klear.Model.Codecs.Neural.BigVgan;

// b batch, c channels, n time steps

/// <summary>A residual block of BigVGAN: for each dilation, two activated convolutions beside the stream.</summary>
internal sealed class AmpBlock
{
    private readonly AntiAliasedSnake[] _activations;
    private readonly WeightNormConvolution[] _convs1;
    private readonly WeightNormConvolution[] _convs2;

    public AmpBlock(CheckpointWeights weights, string name, long channels, int width, IReadOnlyList<int> dilations)
    {
        _activations = [.. Enumerable.Range(0, 2 * dilations.Count).Select(i => new AntiAliasedSnake(weights, $"{name}.activations.{i}", channels))];
        _convs1 = [.. dilations.Select((dilation, i) => WeightNormConvolution.Same(weights, $"{name}.convs1.{i}", channels, channels, width, dilation))];
        _convs2 = [.. dilations.Select((_, i) => WeightNormConvolution.Same(weights, $"{name}.convs2.{i}", channels, channels, width))];
    }

    internal IReadOnlyList<AntiAliasedSnake> Activations => _activations;

    public Tensor Forward(Tensor x_bcn)
    {
        var sum_bcn = Step(x_bcn, 0);
        for (var i = 1; i < _convs1.Length; i++)
        {
            using var before_bcn = sum_bcn;
            sum_bcn = Step(before_bcn, i);
        }

        return sum_bcn;
    }

    // A scope for each step: all the steps of ten seconds of sound would fill tens of gigabytes.
    private Tensor Step(Tensor x_bcn, int i)
    {
        using var scope = NewDisposeScope();
        var y_bcn = _convs1[i].Forward(_activations[2 * i].Forward(x_bcn));
        y_bcn = _convs2[i].Forward(_activations[(2 * i) + 1].Forward(y_bcn));
        return y_bcn.add_(x_bcn).MoveToOuterDisposeScope();
    }
}
