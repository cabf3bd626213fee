using System.Runtime.InteropServices;
using Curation.Models.Graphs.Onnx;
using Curation.Models.Running;
using Google.Protobuf;

namespace Curation.Models.Quality;

/// <summary>
/// The published DNSMOS graph in three: its spectrum and its last layers as graphs, and the convolutions between them, where all but 1 % of the work is,
/// as weights. Only the file whose hash is known is cut.
/// </summary>
/// <param name="Spectrum">Sound [N, 160 (frames + 1)] to the logarithm of its power [N, frames, 161].</param>
/// <param name="Layers">The convolutions.</param>
/// <param name="Head">The greatest value of each of 64 channels [N, 64] to raw scores [N, 3].</param>
public sealed record DnsMosParts(OnnxGraph Spectrum, DnsMosLayers Layers, OnnxGraph Head)
{
    /// <summary>SHA-256 of the file that can be cut.</summary>
    public const string KnownSha256 = "269fbebdb513aa23cddfbb593542ecc540284a91849ac50516870e1ac78f6edd";

    /// <summary>Name of the tensor behind the logarithm.</summary>
    internal const string Power = "mos_estimator_logpow/truediv:0";

    /// <summary>Name of the tensor behind the last convolution and the maximum over all its pixels.</summary>
    internal const string Greatest = "mos_estimator_logpow/global_max_pooling2d/Max:0";

    internal const int Bins = 161;
    internal const int FrameSamples = 160;

    /// <summary>The graph up to the logarithm as an ONNX file.</summary>
    /// <param name="model">The published file.</param>
    /// <returns>ONNX bytes.</returns>
    public static byte[] CutSpectrum(byte[] model)
    {
        var whole = ModelProto.Parser.ParseFrom(model);
        foreach (var node in whole.Graph.Node.Skip(IndexOf(whole.Graph, Power) + 1).ToList()) whole.Graph.Node.Remove(node);

        // The sound is cut into frames of 160 samples, once from the start and once a frame later; the published sizes are those of 9.01 s.
        Replace(whole.Graph, "input_1:01_cropping_end", [long.MaxValue, -FrameSamples]);
        Replace(whole.Graph, "shape_tensor", [0, -1, FrameSamples]);
        Replace(whole.Graph, "shape_tensor1", [0, -1, FrameSamples]);
        whole.Graph.Input[0] = Port(whole.Graph.Input[0].Name, "n", "samples");
        whole.Graph.Output.Clear();
        whole.Graph.Output.Add(Port(Power, "n", "frames", Bins));
        return whole.ToByteArray();
    }

    /// <summary>The graph behind the convolutions as an ONNX file.</summary>
    /// <param name="model">The published file.</param>
    /// <returns>ONNX bytes.</returns>
    public static byte[] CutHead(byte[] model)
    {
        var whole = ModelProto.Parser.ParseFrom(model);
        foreach (var node in whole.Graph.Node.Take(IndexOf(whole.Graph, Greatest) + 1).ToList()) whole.Graph.Node.Remove(node);

        whole.Graph.Input.Clear();
        whole.Graph.Input.Add(Port(Greatest, "n", 64));
        return whole.ToByteArray();
    }

    private static int IndexOf(GraphProto graph, string tensor)
    {
        for (var i = 0; i < graph.Node.Count; i++)
        {
            if (graph.Node[i].Output.Contains(tensor)) return i;
        }

        throw new ModelUnavailableException($"The graph has no tensor {tensor}.");
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
