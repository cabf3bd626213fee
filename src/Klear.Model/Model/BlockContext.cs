using static TorchSharp.torch;

namespace Klear.Model.Model;

/// <summary>What every block of a pass sees and none learns from.</summary>
/// <param name="Streams">Indices into <see cref="KlearLayout.Streams"/> of the streams that are there, ascending.</param>
/// <param name="Cos">[l, pairs] of the whole sequence.</param>
/// <param name="Sin">[l, pairs] of the whole sequence.</param>
/// <param name="Keys">[b, 1, 1, l]: true where a token may be looked at; null where all may.</param>
internal sealed record BlockContext(IReadOnlyList<int> Streams, Tensor Cos, Tensor Sin, Tensor? Keys)
{
    /// <summary>The tensors, for whoever keeps them until the backward pass.</summary>
    public Tensor[] Tensors => Keys is null ? [Cos, Sin] : [Cos, Sin, Keys];

    /// <summary>The same with tensors that were kept.</summary>
    public BlockContext From(Tensor[] tensors) => this with { Cos = tensors[0], Sin = tensors[1], Keys = Keys is null ? null : tensors[2] };
}
