using System.Runtime.InteropServices;
using Curation.Models.Graphs.Onnx;
using Curation.Models.Running;
using Google.Protobuf;

namespace Curation.Models.Quality;

/// <summary>
/// The published DNSMOS graph, cut behind its first pooling. The front (spectrum and four convolutions, 97 % of the work) then runs on sound of any length,
/// so that windows which overlap share it; the back scores one window. Only the file whose hash is known is cut.
/// </summary>
/// <param name="Front">Sound [N, 160 (frames + 1)] to features [N, 32, frames / 2, 80].</param>
/// <param name="Back">Features of a window [N, 32, 450, 80] to raw scores [N, 3].</param>
public sealed record DnsMosParts(OnnxGraph Front, OnnxGraph Back)
{
    /// <summary>SHA-256 of the file that can be cut.</summary>
    public const string KnownSha256 = "269fbebdb513aa23cddfbb593542ecc540284a91849ac50516870e1ac78f6edd";

    /// <summary>Name of the tensor between the parts.</summary>
    internal const string Features = "mos_estimator_logpow/conv2d_3/Relu:0_pooling0";

    internal const int Channels = 32;
    internal const int Bins = 80;

    private const int FrameSamples = 160;

    /// <summary>The front as an ONNX file.</summary>
    /// <param name="model">The published file.</param>
    /// <returns>ONNX bytes.</returns>
    public static byte[] CutFront(byte[] model)
    {
        var whole = ModelProto.Parser.ParseFrom(model);
        var end = EndOfFront(whole.Graph);
        foreach (var node in whole.Graph.Node.Skip(end + 1).ToList()) whole.Graph.Node.Remove(node);

        // The sound is cut into frames of 160 samples, once from the start and once a frame later; the published sizes are those of 9.01 s.
        Replace(whole.Graph, "input_1:01_cropping_end", [long.MaxValue, -FrameSamples]);
        Replace(whole.Graph, "shape_tensor", [0, -1, FrameSamples]);
        Replace(whole.Graph, "shape_tensor1", [0, -1, FrameSamples]);
        whole.Graph.Input[0] = Port(whole.Graph.Input[0].Name, "n", "samples");
        whole.Graph.Output.Clear();
        whole.Graph.Output.Add(Port(Features, "n", Channels, "pairs", Bins));
        return whole.ToByteArray();
    }

    /// <summary>The back as an ONNX file.</summary>
    /// <param name="model">The published file.</param>
    /// <returns>ONNX bytes.</returns>
    public static byte[] CutBack(byte[] model)
    {
        var whole = ModelProto.Parser.ParseFrom(model);
        foreach (var node in whole.Graph.Node.Take(EndOfFront(whole.Graph) + 1).ToList()) whole.Graph.Node.Remove(node);

        whole.Graph.Input.Clear();
        whole.Graph.Input.Add(Port(Features, "n", Channels, DnsMosOverlap.WindowPairs, Bins));
        return whole.ToByteArray();
    }

    private static int EndOfFront(GraphProto graph)
    {
        for (var i = 0; i < graph.Node.Count; i++)
        {
            if (graph.Node[i].Output.Contains(Features)) return i;
        }

        throw new ModelUnavailableException($"The graph has no tensor {Features}.");
    }

    private static void Replace(GraphProto graph, string name, long[] values)
    {
        var found = graph.Initializer.FirstOrDefault(tensor => tensor.Name == name) ?? throw new ModelUnavailableException($"The graph has no constant {name}.");
        graph.Initializer.Remove(found);
        graph.Initializer.Add(new TensorProto
        {
            Name = name,
            DataType = (int)TensorProto.Types.DataType.Int64,
            Dims = { values.Length },
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())),
        });
    }

    private static ValueInfoProto Port(string name, params object[] sizes)
    {
        var shape = new TensorShapeProto();
        foreach (var size in sizes)
        {
            shape.Dim.Add(size is int value ? new TensorShapeProto.Types.Dimension { DimValue = value } : new TensorShapeProto.Types.Dimension { DimParam = (string)size });
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape } } };
    }
}
