using static TorchSharp.torch;

namespace Klear.Model.Flow;

/// <summary>A loss and what it is made of: scalars.</summary>
/// <param name="Total">The weighted sum, which is minimised.</param>
/// <param name="Video">The pictures' mean squared error; null where none are generated.</param>
/// <param name="Audio">The sound's mean squared error; null where none is generated.</param>
public sealed record FlowLossParts(Tensor Total, Tensor? Video, Tensor? Audio);
