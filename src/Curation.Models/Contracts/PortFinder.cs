using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Contracts;

/// <summary>Checks that a graph has the tensors that a slot talks to, and says in one sentence what is wrong where it has not.</summary>
/// <param name="graph">The opened graph.</param>
/// <param name="slot">The slot's name, for the message.</param>
internal sealed class PortFinder(OnnxGraph graph, string slot)
{
    /// <summary>A size that may be anything.</summary>
    public const int Any = -1;

    /// <summary>Finds an input.</summary>
    /// <param name="names">Names that published exports use for it; the first one present is taken.</param>
    /// <param name="shape">Expected sizes; <see cref="Any"/> where every size will do.</param>
    /// <param name="types">Element types that are accepted.</param>
    /// <returns>The name and the size the graph states.</returns>
    public GraphPort Input(IReadOnlyList<string> names, IReadOnlyList<int> shape, params IReadOnlyList<TensorElementType> types) => Find("input", graph.Inputs, names, shape, types);

    /// <summary>Finds the input of a graph that has only one, whatever its name.</summary>
    /// <param name="shape">Expected sizes; <see cref="Any"/> where every size will do.</param>
    /// <param name="types">Element types that are accepted.</param>
    /// <returns>The name and the size the graph states.</returns>
    public GraphPort OnlyInput(IReadOnlyList<int> shape, params IReadOnlyList<TensorElementType> types) =>
        Find("only input", graph.Inputs, graph.Inputs.Count == 1 ? [graph.Inputs.Keys.First()] : ["(any name)"], shape, types);

    /// <summary>Finds an output.</summary>
    /// <param name="names">Names that published exports use for it; the first one present is taken, and a graph's only output whatever its name.</param>
    /// <param name="shape">Expected sizes; <see cref="Any"/> where every size will do, empty where even their number is left open.</param>
    /// <returns>The name and the size the graph states.</returns>
    public GraphPort Output(IReadOnlyList<string> names, IReadOnlyList<int> shape)
    {
        IReadOnlyList<string> accepted = graph.Outputs.Count == 1 ? [.. names, graph.Outputs.Keys.First()] : names;
        return Find("output", graph.Outputs, accepted, shape, [TensorElementType.Float, TensorElementType.Float16]);
    }

    private GraphPort Find(string kind, IReadOnlyDictionary<string, NodeMetadata> ports, IReadOnlyList<string> names, IReadOnlyList<int> shape, IReadOnlyList<TensorElementType> types)
    {
        var name = names.FirstOrDefault(ports.ContainsKey);
        if (name is not null && ports[name] is { IsTensor: true } port && types.Contains(port.ElementDataType) && Fits(port.Dimensions, shape))
        {
            return new GraphPort(name, port.ElementDataType, port.Dimensions);
        }

        var expected = $"{string.Join(" or ", names.Distinct())}: {string.Join(" or ", types)} {Sizes(shape)}";
        var found = string.Join("; ", ports.Select(port => $"{port.Key}: {port.Value.ElementDataType} {Sizes(port.Value.Dimensions)}"));
        throw new ModelUnavailableException($"slot {slot} expects the {kind} {expected}, but {graph.Path} has {(found.Length > 0 ? found : "none")}; use an export that fits, or another slot");
    }

    /// <remarks>A graph may leave every size open, and some exporters leave even the number of sizes open.</remarks>
    private static bool Fits(int[] found, IReadOnlyList<int> expected)
    {
        if (found.Length == 0 || expected.Count == 0) return true;
        if (found.Length != expected.Count) return false;

        return found.Zip(expected).All(pair => pair.First <= 0 || pair.Second == Any || pair.First == pair.Second);
    }

    private static string Sizes(IEnumerable<int> shape) => $"[{string.Join(", ", shape.Select(size => size > 0 ? $"{size}" : "?"))}]";
}
