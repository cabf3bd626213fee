using static TorchSharp.torch;

namespace Klear.Model.Codecs.Neural;

/// <summary>One weight as a layer uses it, made from one or more tensors of a file. Empty until its <see cref="CheckpointWeights"/> are loaded, which own it.</summary>
internal sealed class Weight
{
    private Tensor? _value;

    /// <summary>The weight, single precision.</summary>
    /// <exception cref="InvalidOperationException">It is not loaded.</exception>
    public Tensor Value => _value ?? throw new InvalidOperationException("The weights are not loaded.");

    internal void Fill(Tensor value) => _value = value;

    internal void Empty()
    {
        _value?.Dispose();
        _value = null;
    }
}
