namespace Curation.Models.Running;

/// <summary>Where a graph runs.</summary>
/// <param name="Provider">The execution provider.</param>
/// <param name="DeviceId">Index of the GPU; 0 on the CPU.</param>
/// <param name="Threads">Threads inside one operator; 0 leaves it to ONNX Runtime.</param>
public sealed record ModelDevice(ModelProvider Provider = ModelProvider.Cpu, int DeviceId = 0, int Threads = 0);
