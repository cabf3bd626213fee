using Microsoft.ML.OnnxRuntime;

namespace Curation.Models.Running;

/// <summary>Compares a loaded graph with what its slot expects: the one rule of what fits, for the catalogue as well as for every adapter.</summary>
public static class GraphContract
{
    internal const string AnyName = "*";

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
        faults.AddRange(inputs.Select(input => Fault("input", graph.Inputs, input)).OfType<string>());
        faults.AddRange(outputs.Select(output => Fault("output", graph.Outputs, output)).OfType<string>());
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
        expected.Name.Split('|').Select(name => name != AnyName ? name : found.Count == 1 ? found.Keys.First() : "").FirstOrDefault(found.ContainsKey);

    /// <summary>In what one input or output departs from the contract.</summary>
    /// <param name="kind">What to call it.</param>
    /// <param name="found">The graph's inputs or outputs.</param>
    /// <param name="expected">The contract.</param>
    /// <returns>The fault in words; null where it fits.</returns>
    internal static string? Fault(string kind, IReadOnlyDictionary<string, NodeMetadata> found, TensorContract expected)
    {
        if (NameIn(found, expected) is not { } name)
        {
            var wanted = expected.Name == AnyName ? $"one {kind} only" : $"{kind} '{expected.Name}'";
            return $"it has no {wanted}, {expected.Type} {TensorContract.Sizes(expected.Shape)} (it has {string.Join(", ", found.Select(entry => Describe(entry.Key, entry.Value)))})";
        }

        var metadata = found[name];
        return expected.Type.Split('|').Contains(ElementTypes.NameOf(metadata)) && Fits(metadata.Dimensions, expected.Shape)
            ? null
            : $"its {kind} {Describe(name, metadata)} is not {(expected.Name.Split('|').Contains(name) ? "" : $"'{expected.Name}' ")}{expected.Type} {TensorContract.Sizes(expected.Shape)}";
    }

    // A graph may leave a size open, and some exporters leave even the number of sizes open, which reads as none.
    private static bool Fits(int[] found, IReadOnlyList<int>? expected) =>
        expected is null || found.Length == 0
        || (found.Length == expected.Count && found.Zip(expected).All(sizes => sizes.First == sizes.Second || sizes.First <= 0 || sizes.Second < 0));

    private static string Describe(string name, NodeMetadata metadata) => $"'{name}' {ElementTypes.NameOf(metadata)} {TensorContract.Sizes(metadata.Dimensions)}";
}
