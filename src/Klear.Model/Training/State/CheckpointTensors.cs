using static TorchSharp.torch;

namespace Klear.Model.Training.State;

/// <summary>The tensors of a checkpoint by name; they stay the caller's.</summary>
/// <param name="Model">Parameters and buffers, in single precision where that is their truth.</param>
/// <param name="Average">The running average of the parameters; null for none.</param>
/// <param name="Optimizer">The optimiser's moments; null for none.</param>
public sealed record CheckpointTensors(IReadOnlyDictionary<string, Tensor> Model, IReadOnlyDictionary<string, Tensor>? Average = null, IReadOnlyDictionary<string, Tensor>? Optimizer = null);
