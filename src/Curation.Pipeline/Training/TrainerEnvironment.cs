using System.Collections;

namespace Curation.Pipeline.Training;

/// <summary>What a trainer gets of our environment beside what every child does: what steers devices, threads and memory, and nothing that may be secret.</summary>
internal static class TrainerEnvironment
{
    private static readonly string[] Prefixes = ["CUDA_", "NVIDIA_", "NCCL_", "OMP_", "MKL_", "MALLOC_", "PYTORCH_", "DOTNET_"];

    // As the launcher of klear has it: large tensors go back to the system when they are freed, instead of staying in the allocator's arenas.
    private const string MmapThreshold = "MALLOC_MMAP_THRESHOLD_";
    private const string MmapThresholdBytes = "1048576";

    /// <summary>Chooses.</summary>
    /// <param name="ours">Our environment.</param>
    public static Dictionary<string, string> Of(IDictionary ours)
    {
        var chosen = new Dictionary<string, string>(StringComparer.Ordinal) { [MmapThreshold] = MmapThresholdBytes };
        foreach (DictionaryEntry variable in ours)
        {
            if (variable is { Key: string name, Value: string value } && Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))) chosen[name] = value;
        }

        return chosen;
    }
}
