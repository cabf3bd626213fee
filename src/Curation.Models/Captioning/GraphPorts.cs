using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Captioning;

/// <summary>Compares a graph's inputs and outputs with what its slot expects.</summary>
internal static class GraphPorts
{
    /// <summary>The element type of an input.</summary>
    /// <exception cref="ModelUnavailableException">There is no such input, or it has another rank or type.</exception>
    public static TensorElementType Input(OnnxGraph graph, string name, int rank, params TensorElementType[] types)
    {
        if (!graph.Inputs.TryGetValue(name, out var port)) throw new ModelUnavailableException($"{graph.Path} has no input '{name}'; its inputs are {string.Join(", ", graph.Inputs.Keys)}");

        Check(graph, "input", name, port.Dimensions.Length, port.ElementDataType, rank, types);
        return port.ElementDataType;
    }

    /// <summary>The sizes of an output; a dynamic one is -1.</summary>
    /// <exception cref="ModelUnavailableException">There is no such output, or it has another rank.</exception>
    public static int[] Output(OnnxGraph graph, string name, int rank)
    {
        if (!graph.Outputs.TryGetValue(name, out var port)) throw new ModelUnavailableException($"{graph.Path} has no output '{name}'; its outputs are {string.Join(", ", graph.Outputs.Keys)}");

        Check(graph, "output", name, port.Dimensions.Length, port.ElementDataType, rank, [TensorElementType.Float, TensorElementType.Float16]);
        return port.Dimensions;
    }

    private static void Check(OnnxGraph graph, string what, string name, int foundRank, TensorElementType found, int rank, TensorElementType[] types)
    {
        if (foundRank != rank) throw new ModelUnavailableException($"{graph.Path}: {what} '{name}' has {foundRank} dimensions, not {rank}");
        if (!types.Contains(found)) throw new ModelUnavailableException($"{graph.Path}: {what} '{name}' holds {found}, not {string.Join(" or ", types)}");
    }
}
