using static TorchSharp.torch;

namespace Klear.Model.Model;

/// <summary>What every block of a pass sees and none learns from.</summary>
/// <param name="Streams">Indices into <see cref="KlearLayout.Streams"/> of the streams that are there, ascending.</param>
/// <param name="Cos">[l, pairs] of the whole sequence.</param>
/// <param name="Sin">[l, pairs] of the whole sequence.</param>
/// <param name="Keys">[b, 1, 1, l]: true where a token may be looked at; null where all may.</param>
internal sealed record BlockContext(IReadOnlyList<int> Streams, Tensor Cos, Tensor Sin, Tensor? Keys);
