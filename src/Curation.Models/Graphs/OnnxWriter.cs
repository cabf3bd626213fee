using System.Globalization;
using Curation.Models.Graphs.Onnx;
using Google.Protobuf;

namespace Curation.Models.Graphs;

/// <summary>
/// Writes a built graph as an ONNX file. Large weights are streamed one at a time to <c>NAME.onnx.data</c> as external data
/// (https://github.com/onnx/onnx/blob/main/docs/ExternalData.md), so a graph of any size needs memory for its largest tensor only.
/// The graph's file appears last and whole; a run that is cut off leaves none, so a graph never meets another graph's weights.
/// </summary>
public static class OnnxWriter
{
    private const long IrVersion = 9;

    /// <summary>Offsets are multiples of this, so that the runtime can map the file instead of reading it; 64 KiB is what Windows needs.</summary>
    private const long Alignment = 64 * 1024;

    /// <summary>Weights below this stay in the graph's file: the runtime wants small ones at hand, and they would waste alignment.</summary>
    private const long SmallestExternal = 1024;

    private const long ProtobufLimit = int.MaxValue - (64L << 20);

    /// <summary>Where the weights of a graph go when they do not stay inside its file.</summary>
    /// <param name="path">The graph's file.</param>
    /// <returns>The path of the file of weights.</returns>
    public static string DataPath(string path) => path + ".data";

    /// <summary>Writes a graph.</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="path">The .onnx file; replaced if it exists.</param>
    /// <param name="options">How weights are stored; null for the defaults.</param>
    /// <param name="cancellationToken">Stops between two weights; nothing is left behind.</param>
    /// <exception cref="InvalidDataException">A weight has another shape than promised, or does not fit half precision.</exception>
    /// <exception cref="IOException">The disk is full or the folder cannot be written.</exception>
    public static void Write(GraphBuilder builder, string path, OnnxWriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var limit = (options ?? new OnnxWriteOptions()).InlineLimitBytes;
        if (limit is < 0 or > ProtobufLimit) throw new ArgumentOutOfRangeException(nameof(options), limit, $"InlineLimitBytes must lie between 0 and {ProtobufLimit}.");

        var full = Path.GetFullPath(path);
        var data = DataPath(full);
        var external = builder.Weights.Sum(weight => weight.ByteCount) > limit;
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        try
        {
            var model = Model(builder);
            if (external)
            {
                WriteExternal(builder.Weights, model.Graph, data, cancellationToken);
            }
            else
            {
                WriteInline(builder.Weights, model.Graph, cancellationToken);
            }

            WriteModel(model, Part(full));
            cancellationToken.ThrowIfCancellationRequested();

            File.Delete(full);
            File.Delete(data);
            if (external) File.Move(Part(data), data);
            File.Move(Part(full), full);
        }
        finally
        {
            File.Delete(Part(full));
            File.Delete(Part(data));
        }
    }

    private static string Part(string path) => path + ".part";

    private static ModelProto Model(GraphBuilder builder)
    {
        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "curate", Graph = builder.Graph.Clone() };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = GraphBuilder.OperatorSet });
        return model;
    }

    private static void WriteInline(IEnumerable<GraphWeight> weights, GraphProto graph, CancellationToken cancellationToken)
    {
        foreach (var weight in weights)
        {
            cancellationToken.ThrowIfCancellationRequested();
            graph.Initializer.Add(Inline(weight));
        }
    }

    private static void WriteExternal(IEnumerable<GraphWeight> weights, GraphProto graph, string dataPath, CancellationToken cancellationToken)
    {
        using var stream = new FileStream(Part(dataPath), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var weight in weights)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (weight.ByteCount < SmallestExternal)
            {
                graph.Initializer.Add(Inline(weight));
                continue;
            }

            stream.Position = (stream.Position + Alignment - 1) / Alignment * Alignment;
            var tensor = Describe(weight);
            tensor.DataLocation = TensorProto.Types.DataLocation.External;
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = Path.GetFileName(dataPath) });
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = stream.Position.ToString(CultureInfo.InvariantCulture) });
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = weight.ByteCount.ToString(CultureInfo.InvariantCulture) });
            graph.Initializer.Add(tensor);
            stream.Write(Bytes(weight).Span);
        }

        stream.Flush(flushToDisk: true);
    }

    private static void WriteModel(ModelProto model, string path)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        model.WriteTo(stream);
        stream.Flush(flushToDisk: true);
    }

    private static TensorProto Inline(GraphWeight weight)
    {
        var tensor = Describe(weight);
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(Bytes(weight));
        return tensor;
    }

    private static TensorProto Describe(GraphWeight weight)
    {
        var tensor = new TensorProto { Name = weight.Name, DataType = (int)OnnxTypes.Of(weight.Stored.Type) };
        tensor.Dims.AddRange(weight.Stored.Shape);
        return tensor;
    }

    private static ReadOnlyMemory<byte> Bytes(GraphWeight weight)
    {
        var data = weight.Read();
        if (!data.Info.Shape.SequenceEqual(weight.Stored.Shape))
        {
            throw new InvalidDataException($"The weight {weight.Name} is [{string.Join(", ", data.Info.Shape)}], but the graph was built for [{string.Join(", ", weight.Stored.Shape)}].");
        }

        return WeightConverter.Convert(weight.Name, data, weight.Stored.Type);
    }
}
