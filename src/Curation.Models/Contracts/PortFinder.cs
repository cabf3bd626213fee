using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Contracts;

/// <summary>Finds the tensors of a graph that a slot talks to, by the rule of <see cref="GraphContract"/>, and says in one sentence what is wrong where it has them not.</summary>
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
        Find("input", graph.Inputs, [GraphContract.AnyName], shape, types);

    /// <summary>Finds an output.</summary>
    /// <param name="names">Names that published exports use for it; the first one present is taken, and a graph's only output whatever its name.</param>
    /// <param name="shape">Expected sizes; <see cref="Any"/> where every size will do, empty where even their number is left open.</param>
    /// <returns>The name and the size the graph states.</returns>
    public GraphPort Output(IReadOnlyList<string> names, IReadOnlyList<int> shape) =>
        Find("output", graph.Outputs, [.. names, GraphContract.AnyName], shape, [TensorElementType.Float, TensorElementType.Float16]);

    private GraphPort Find(string kind, IReadOnlyDictionary<string, NodeMetadata> ports, IReadOnlyList<string> names, IReadOnlyList<int> shape, IReadOnlyList<TensorElementType> types)
    {
        var contract = new TensorContract(string.Join('|', names), string.Join('|', types.Select(ElementTypes.NameOf)), shape.Count > 0 ? shape : null);
        if (GraphContract.Fault(kind, ports, contract) is { } fault)
        {
            throw new ModelUnavailableException($"{graph.Path} is not the model that slot {slot} expects: {fault}; use an export that fits, or another slot");
        }

        var name = GraphContract.NameIn(ports, contract)!;
        return new GraphPort(name, ports[name].ElementDataType, ports[name].Dimensions);
    }
}
