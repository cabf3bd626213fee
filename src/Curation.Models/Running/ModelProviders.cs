using Microsoft.ML.OnnxRuntime;

namespace Curation.Models.Running;

/// <summary>Which execution providers this build of the program has. Whether the machine has the device is found out when a model is loaded.</summary>
public static class ModelProviders
{
    /// <summary>Why a provider cannot be used in this build.</summary>
    /// <param name="provider">The provider.</param>
    /// <returns>The reason and what to do; null where the build has it.</returns>
    public static string? Fault(ModelProvider provider)
    {
        var name = provider switch
        {
            ModelProvider.Cuda => "CUDAExecutionProvider",
            ModelProvider.TensorRt => "TensorrtExecutionProvider",
            _ => null,
        };
        return name is null || OrtEnv.Instance().GetAvailableProviders().Contains(name, StringComparer.Ordinal)
            ? null
            : $"this build of the program runs models on the processor only; build it with -p:OnnxGpu=true for {provider.ToString().ToLowerInvariant()}, or take cpu";
    }
}
