using Microsoft.ML.OnnxRuntime;

namespace Curation.Models.Running;

/// <summary>Compares a loaded graph with what its slot expects.</summary>
public static class GraphContract
{
    /// <summary>Everything in which the graph departs from the contract.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="inputs">Its inputs, all of them.</param>
    /// <param name="outputs">The outputs that will be read; it may have more.</param>
    /// <returns>Faults in words; empty where it fits.</returns>
    public static IReadOnlyList<string> Faults(OnnxGraph graph, IReadOnlyList<TensorContract> inputs, IReadOnlyList<TensorContract> outputs)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);

        var faults = new List<string>();
        foreach (var input in inputs) Compare("input", input, graph.Inputs, faults);
        foreach (var output in outputs) Compare("output", output, graph.Outputs, faults);
        var known = inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        faults.AddRange(graph.Inputs.Where(found => !known.Contains(found.Key)).Select(found => $"it also wants an input {Describe(found.Key, found.Value)}, which this slot does not give"));
        return faults;
    }

    /// <summary>Refuses a graph that departs from the contract.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="inputs">Its inputs, all of them.</param>
    /// <param name="outputs">The outputs that will be read; it may have more.</param>
    /// <exception cref="ModelUnavailableException">It departs; the message names every fault.</exception>
    public static void Require(OnnxGraph graph, IReadOnlyList<TensorContract> inputs, IReadOnlyList<TensorContract> outputs)
    {
        var faults = Faults(graph, inputs, outputs);
        if (faults.Count > 0) throw new ModelUnavailableException($"{graph.Path} is not the model this slot expects: {string.Join("; ", faults)}");
    }

    private static void Compare(string kind, TensorContract expected, IReadOnlyDictionary<string, NodeMetadata> found, List<string> faults)
    {
        if (!found.TryGetValue(expected.Name, out var metadata))
        {
            faults.Add($"it has no {kind} '{expected.Name}' (it has {string.Join(", ", found.Select(entry => Describe(entry.Key, entry.Value)))})");
            return;
        }

        var fits = TypeOf(metadata) == expected.Type
            && metadata.Dimensions.Length == expected.Shape.Count
            && metadata.Dimensions.Zip(expected.Shape).All(sizes => sizes.First == sizes.Second || sizes.First < 0 || sizes.Second < 0);
        if (!fits) faults.Add($"its {kind} {Describe(expected.Name, metadata)} is not {expected.Type} {TensorContract.Sizes(expected.Shape)}");
    }

    private static string Describe(string name, NodeMetadata metadata) => $"'{name}' {TypeOf(metadata)} {TensorContract.Sizes(metadata.Dimensions)}";

    private static string TypeOf(NodeMetadata metadata) => !metadata.IsTensor ? "no tensor" : metadata.ElementDataType switch
    {
        Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float => "float32",
        Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float16 => "float16",
        Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Int64 => "int64",
        Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Int32 => "int32",
        Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.UInt8 => "uint8",
        Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Bool => "bool",
        var other => other.ToString(),
    };
}
