using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Contracts;

/// <summary>One run of a graph: inputs are added, the run gives single-precision outputs. Half-precision graphs are served by conversion.</summary>
internal sealed class TensorRun : IDisposable
{
    private readonly Dictionary<string, OrtValue> _inputs = new(StringComparer.Ordinal);

    /// <summary>Adds numbers.</summary>
    /// <param name="port">The input; single or half precision.</param>
    /// <param name="values">Elements, row-major; must stay unchanged until the run is over.</param>
    /// <param name="shape">Sizes, outermost first.</param>
    /// <returns>This run.</returns>
    public TensorRun Add(GraphPort port, float[] values, params long[] shape)
    {
        _inputs.Add(port.Name, port.Type == TensorElementType.Float16
            ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, value => (Float16)value), shape)
            : OrtValue.CreateTensorValueFromMemory(values, shape));
        return this;
    }

    /// <summary>Adds whole numbers, as 32 or 64 bits, whichever the graph asks for.</summary>
    /// <param name="port">The input.</param>
    /// <param name="values">The elements of a vector.</param>
    /// <returns>This run.</returns>
    public TensorRun Add(GraphPort port, int[] values)
    {
        _inputs.Add(port.Name, port.Type == TensorElementType.Int64
            ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, value => (long)value), [values.Length])
            : OrtValue.CreateTensorValueFromMemory(values, [values.Length]));
        return this;
    }

    /// <summary>Adds bytes, as such or as numbers 0..255, whichever the graph asks for.</summary>
    /// <param name="port">The input.</param>
    /// <param name="values">Elements, row-major.</param>
    /// <param name="shape">Sizes, outermost first.</param>
    /// <returns>This run.</returns>
    public TensorRun Add(GraphPort port, byte[] values, params long[] shape)
    {
        if (port.Type != TensorElementType.UInt8) return Add(port, Array.ConvertAll(values, value => (float)value), shape);

        _inputs.Add(port.Name, OrtValue.CreateTensorValueFromMemory(values, shape));
        return this;
    }

    /// <summary>Runs the graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="outputs">The wanted outputs.</param>
    /// <returns>Their elements and sizes, in the same order.</returns>
    /// <exception cref="InvalidDataException">An output holds a number that is not finite: there is no result for this input.</exception>
    public IReadOnlyList<TensorResult> Run(OnnxGraph graph, params IReadOnlyList<GraphPort> outputs)
    {
        using var results = graph.Run(_inputs, [.. outputs.Select(output => output.Name)]);
        return [.. results.Zip(outputs, (value, output) => Read(graph, output, value))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var value in _inputs.Values) value.Dispose();
    }

    private static TensorResult Read(OnnxGraph graph, GraphPort output, OrtValue value)
    {
        var info = value.GetTensorTypeAndShape();
        var values = info.ElementDataType == TensorElementType.Float16
            ? Array.ConvertAll(value.GetTensorDataAsSpan<Float16>().ToArray(), half => (float)half)
            : value.GetTensorDataAsSpan<float>().ToArray();
        if (Array.Exists(values, number => !float.IsFinite(number))) throw new InvalidDataException($"{graph.Path} gave a number that is not finite in its output {output.Name}");

        return new TensorResult(values, info.Shape);
    }
}
