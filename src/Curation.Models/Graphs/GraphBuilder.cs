using System.Globalization;
using System.Runtime.InteropServices;
using Curation.Models.Checkpoints;
using Curation.Models.Graphs.Onnx;
using Google.Protobuf;

namespace Curation.Models.Graphs;

/// <summary>
/// An ONNX graph under construction, opset 20. Weights are only promised here and read when <see cref="OnnxWriter"/>
/// writes the file. In half precision every floating input, weight and constant turns into half here, and outputs turn back.
/// </summary>
public sealed partial class GraphBuilder
{
    /// <summary>The operator set: the first with <c>Gelu</c>; LayerNormalization came with 17.</summary>
    internal const long OperatorSet = 20;

    private readonly Dictionary<string, GraphTensor> _byName = new(StringComparer.Ordinal);

    private int _number;

    /// <summary>Starts an empty graph.</summary>
    /// <param name="name">The graph's name.</param>
    /// <param name="precision">What it computes in.</param>
    public GraphBuilder(string name, GraphPrecision precision = GraphPrecision.Full)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Graph = new GraphProto { Name = name };
        Precision = precision;
    }

    /// <summary>What it computes in.</summary>
    public GraphPrecision Precision { get; }

    /// <summary>The floating type that <see cref="Precision"/> means.</summary>
    public ElementType FloatType => Precision == GraphPrecision.Half ? ElementType.F16 : ElementType.F32;

    /// <summary>Put before the names of the nodes that follow, so that profiles and errors say where; empty at first.</summary>
    public string Scope { get; set; } = "";

    internal GraphProto Graph { get; }

    internal List<GraphWeight> Weights { get; } = [];

    /// <summary>Declares an input.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Type of its elements as the caller passes them.</param>
    /// <param name="shape">Its sizes.</param>
    /// <returns>The input; a floating one is already in <see cref="FloatType"/>.</returns>
    public GraphTensor Input(string name, ElementType type, params ReadOnlySpan<GraphSize> shape)
    {
        var tensor = Add(name, type);
        Graph.Input.Add(Declare(tensor, shape));
        return OnnxTypes.IsFloating(type) ? Cast(tensor, FloatType) : tensor;
    }

    /// <summary>Declares an output; a floating one is given to the caller in single precision.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">What it is.</param>
    /// <param name="shape">Its sizes.</param>
    public void Output(string name, GraphTensor value, params ReadOnlySpan<GraphSize> shape)
    {
        ArgumentNullException.ThrowIfNull(value);
        var tensor = Add(name, OnnxTypes.IsFloating(value.Type) ? ElementType.F32 : value.Type);
        Emit(tensor.Type == value.Type ? "Identity" : "Cast", [value], [tensor], tensor.Type == value.Type ? [] : [GraphSetting.Of("to", tensor.Type)]);
        Graph.Output.Add(Declare(tensor, shape));
    }

    /// <summary>Declares an output in the type it was computed in: for values that only another graph reads, such as a cache.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">What it is.</param>
    /// <param name="shape">Its sizes.</param>
    public void OutputAsComputed(string name, GraphTensor value, params ReadOnlySpan<GraphSize> shape)
    {
        ArgumentNullException.ThrowIfNull(value);
        var tensor = Add(name, value.Type);
        Emit("Identity", [value], [tensor], []);
        Graph.Output.Add(Declare(tensor, shape));
    }

    /// <summary>Promises a weight, which is read when the file is written. A name asked for twice is the same weight.</summary>
    /// <param name="name">Its name in the file; a checkpoint's key by convention.</param>
    /// <param name="shape">Its sizes as <paramref name="read"/> gives them.</param>
    /// <param name="read">Reads it; any floating type is converted to <see cref="FloatType"/>.</param>
    /// <returns>The weight.</returns>
    public GraphTensor Weight(string name, IReadOnlyList<long> shape, Func<TensorData> read) => Weight(name, shape, read, FloatType);

    /// <summary>Promises a weight of a stated type, for the parts of a half graph that must stay in single precision.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <param name="shape">Its sizes as <paramref name="read"/> gives them.</param>
    /// <param name="read">Reads it; any floating type is converted to <paramref name="type"/>.</param>
    /// <param name="type">Single or half.</param>
    /// <returns>The weight.</returns>
    public GraphTensor Weight(string name, IReadOnlyList<long> shape, Func<TensorData> read, ElementType type)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (type is not (ElementType.F32 or ElementType.F16)) throw new ArgumentOutOfRangeException(nameof(type), type, "A weight is single or half.");
        if (_byName.TryGetValue(name, out var known))
        {
            var promised = Weights.Find(weight => weight.Name == name)?.Stored;
            if (promised is null || promised.Type != type || !promised.Shape.SequenceEqual(shape)) throw new ArgumentException($"'{name}' is already something else in the graph '{Graph.Name}'.", nameof(name));
            return known;
        }

        Weights.Add(new GraphWeight(name, new TensorInfo(type, [.. shape]), read));
        return Add(name, type);
    }

    /// <summary>A constant list of whole numbers, such as a shape.</summary>
    /// <param name="values">The numbers.</param>
    /// <returns>A one-dimensional tensor.</returns>
    public GraphTensor Constant(params ReadOnlySpan<long> values) =>
        Constant(ElementType.I64, [values.Length], MemoryMarshal.AsBytes(values), "ints_" + string.Join('_', values.ToArray()));

    /// <summary>A constant whole number without dimensions.</summary>
    /// <param name="value">The number.</param>
    /// <returns>A scalar.</returns>
    public GraphTensor Index(long value) =>
        Constant(ElementType.I64, [], MemoryMarshal.AsBytes([value]), string.Create(CultureInfo.InvariantCulture, $"int_{value}"));

    /// <summary>A constant real number without dimensions, in <see cref="FloatType"/>.</summary>
    /// <param name="value">The number.</param>
    /// <returns>A scalar.</returns>
    public GraphTensor Number(double value) => Number(value, FloatType);

    /// <summary>A constant real number without dimensions.</summary>
    /// <param name="value">The number.</param>
    /// <param name="type">Single or half.</param>
    /// <returns>A scalar.</returns>
    public GraphTensor Number(double value, ElementType type)
    {
        var bytes = type == ElementType.F16 ? MemoryMarshal.AsBytes([(Half)value]) : MemoryMarshal.AsBytes([(float)value]);
        return Constant(type, [], bytes, string.Create(CultureInfo.InvariantCulture, $"number_{type}_{value:R}"));
    }

    /// <summary>Constant real numbers, in <see cref="FloatType"/>; kept inside the file, so for small tables only.</summary>
    /// <param name="name">A name, unique in the graph.</param>
    /// <param name="shape">Sizes.</param>
    /// <param name="values">Row-major elements.</param>
    /// <returns>The tensor.</returns>
    public GraphTensor Table(string name, IReadOnlyList<long> shape, ReadOnlySpan<float> values)
    {
        var single = TensorData.FromFloats(shape, values);
        return Constant(FloatType, shape, WeightConverter.Convert(name, single, FloatType).Span, name);
    }

    /// <summary>Adds any operator with one output.</summary>
    /// <param name="operation">The operator's name in ONNX's own domain.</param>
    /// <param name="type">Type of the output's elements.</param>
    /// <param name="inputs">Inputs in order; null for an optional one that is left out.</param>
    /// <param name="attributes">Settings.</param>
    /// <returns>The output.</returns>
    public GraphTensor Node(string operation, ElementType type, ReadOnlySpan<GraphTensor?> inputs, params ReadOnlySpan<GraphSetting> attributes)
    {
        var output = Add(NextName(operation), type);
        Emit(operation, inputs, [output], attributes);
        return output;
    }

    /// <summary>Adds any operator with several outputs of one type.</summary>
    /// <param name="operation">The operator's name in ONNX's own domain.</param>
    /// <param name="type">Type of the outputs' elements.</param>
    /// <param name="outputs">How many outputs.</param>
    /// <param name="inputs">Inputs in order; null for an optional one that is left out.</param>
    /// <param name="attributes">Settings.</param>
    /// <returns>The outputs.</returns>
    public IReadOnlyList<GraphTensor> Nodes(string operation, ElementType type, int outputs, ReadOnlySpan<GraphTensor?> inputs, params ReadOnlySpan<GraphSetting> attributes)
    {
        var name = NextName(operation);
        GraphTensor[] tensors = [.. Enumerable.Range(0, outputs).Select(i => Add(string.Create(CultureInfo.InvariantCulture, $"{name}_{i}"), type))];
        Emit(operation, inputs, tensors, attributes);
        return tensors;
    }

    private GraphTensor Constant(ElementType type, IReadOnlyList<long> shape, ReadOnlySpan<byte> bytes, string name)
    {
        if (_byName.TryGetValue(name, out var known)) return known;

        var message = new TensorProto { Name = name, DataType = (int)OnnxTypes.Of(type), RawData = ByteString.CopyFrom(bytes) };
        message.Dims.AddRange(shape);
        Graph.Initializer.Add(message);
        return Add(name, type);
    }

    private void Emit(string operation, ReadOnlySpan<GraphTensor?> inputs, ReadOnlySpan<GraphTensor> outputs, ReadOnlySpan<GraphSetting> attributes)
    {
        var node = new NodeProto { OpType = operation, Name = outputs[0].Name };
        foreach (var input in inputs)
        {
            node.Input.Add(input?.Name ?? "");
        }

        foreach (var output in outputs)
        {
            node.Output.Add(output.Name);
        }

        foreach (var attribute in attributes)
        {
            node.Attribute.Add(attribute.Message);
        }

        Graph.Node.Add(node);
    }

    private string NextName(string operation) =>
        string.Create(CultureInfo.InvariantCulture, $"{Scope}{(Scope.Length == 0 ? "" : "/")}{operation}_{_number++}");

    private GraphTensor Add(string name, ElementType type)
    {
        var tensor = new GraphTensor(name, type);
        if (!_byName.TryAdd(name, tensor)) throw new ArgumentException($"The graph '{Graph.Name}' has a tensor '{name}' already.", nameof(name));

        return tensor;
    }

    private static ValueInfoProto Declare(GraphTensor tensor, ReadOnlySpan<GraphSize> sizes)
    {
        var shape = new TensorShapeProto();
        foreach (var size in sizes)
        {
            shape.Dim.Add(size.Name is { } name ? new TensorShapeProto.Types.Dimension { DimParam = name } : new TensorShapeProto.Types.Dimension { DimValue = size.Value });
        }

        return new ValueInfoProto
        {
            Name = tensor.Name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)OnnxTypes.Of(tensor.Type), Shape = shape } },
        };
    }
}
