using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Klear.Model.Codecs.Neural.MmAudio;

// b batch, c channels, t time steps

/// <summary>A convolution over time without bias, of odd width, that keeps the length. The file has its weight before normalisation.</summary>
internal sealed class MpConvolution
{
    private readonly Weight _weight;
    private readonly long _margin;

    /// <summary>Declares the weight.</summary>
    /// <param name="weights">The model's.</param>
    /// <param name="name">The layer's name in the file.</param>
    /// <param name="from">Channels in.</param>
    /// <param name="to">Channels out.</param>
    /// <param name="width">Time steps of the kernel.</param>
    /// <param name="gain">Name of a stored gain, which counts from 1; null for none.</param>
    public MpConvolution(CheckpointWeights weights, string name, long from, long to, int width, string? gain = null)
    {
        var stored = ($"{name}.weight", new[] { to, from, width });
        _weight = gain is null
            ? weights.Need(stored.Item1, stored.Item2, MagnitudePreserving.NormaliseWeight)
            : weights.Need(stored, (gain, []), (weight, more) => MagnitudePreserving.NormaliseWeight(weight) * (more + 1));
        _margin = width / 2;
    }

    /// <summary>The weight as it is used.</summary>
    public Tensor Weight => _weight.Value;

    public Tensor Forward(Tensor x_bct) => functional.conv1d(x_bct, _weight.Value, padding: _margin);
}
