namespace Curation.Models.Running;

/// <summary>ONNX Runtime's execution providers that this program offers.</summary>
public enum ModelProvider
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>CUDA; needs a build with <c>-p:OnnxGpu=true</c>.</summary>
    Cuda,

    /// <summary>TensorRT; needs a build with <c>-p:OnnxGpu=true</c>.</summary>
    TensorRt,
}
