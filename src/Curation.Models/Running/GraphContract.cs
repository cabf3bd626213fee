using Microsoft.ML.OnnxRuntime;

namespace Curation.Models.Running;

/// <summary>Compares a loaded graph with what its slot expects.</summary>
public static class GraphContract
{
    private const string AnyName = "*";

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
        var known = inputs.Select(input => NameIn(graph.Inputs, input)).ToHashSet(StringComparer.Ordinal);
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

    /// <summary>Which of a contract's names a graph uses.</summary>
    /// <param name="found">The graph's inputs or outputs.</param>
    /// <param name="expected">The contract.</param>
    /// <returns>The name; null where it has none of them.</returns>
    internal static string? NameIn(IReadOnlyDictionary<string, NodeMetadata> found, TensorContract expected) =>
        expected.Name == AnyName ? found.Keys.FirstOrDefault() : expected.Name.Split('|').FirstOrDefault(found.ContainsKey);

    private static void Compare(string kind, TensorContract expected, IReadOnlyDictionary<string, NodeMetadata> found, List<string> faults)
    {
        if (NameIn(found, expected) is not { } name)
        {
            faults.Add($"it has no {kind} '{expected.Name}' (it has {string.Join(", ", found.Select(entry => Describe(entry.Key, entry.Value)))})");
            return;
        }

        var metadata = found[name];
        if (!expected.Type.Split('|').Contains(ElementTypes.NameOf(metadata)) || !Fits(metadata.Dimensions, expected.Shape))
        {
            faults.Add($"its {kind} {Describe(name, metadata)} is not {expected.Type} {TensorContract.Sizes(expected.Shape)}");
        }
    }

    private static bool Fits(int[] found, IReadOnlyList<int> expected) =>
        found.Length == expected.Count && found.Zip(expected).All(sizes => sizes.First == sizes.Second || sizes.First < 0 || sizes.Second < 0);

    private static string Describe(string name, NodeMetadata metadata) => $"'{name}' {ElementTypes.NameOf(metadata)} {TensorContract.Sizes(metadata.Dimensions)}";
}
