using System.Runtime.InteropServices;
using Curation.Models.Graphs.Onnx;
using Curation.Models.Running;

namespace Curation.Models.Quality;

/// <summary>The seven convolutions of DNSMOS, read from the published file.</summary>
public sealed class DnsMosLayers
{
    private static readonly string[] Names = ["conv2d", "conv2d_1", "conv2d_2", "conv2d_3", "conv2d_4", "conv2d_5", "conv2d_6"];

    private readonly SparseConvolution[] _convolutions;

    private DnsMosLayers(SparseConvolution[] convolutions) => _convolutions = convolutions;

    /// <summary>Reads them.</summary>
    /// <param name="model">The published file.</param>
    /// <returns>The layers.</returns>
    /// <exception cref="ModelUnavailableException">The file does not hold them.</exception>
    public static DnsMosLayers Read(byte[] model)
    {
        var graph = ModelProto.Parser.ParseFrom(model).Graph;
        return new DnsMosLayers([.. Names.Select(name => new SparseConvolution(Weights(graph, name + "/kernel:0"), Weights(graph, name + "/bias:0")))]);
    }

    /// <summary>Four convolutions and a pooling: rows of the spectrum to rows of two frames and 80 pixels.</summary>
    /// <param name="next">Takes the rows.</param>
    internal IRowStage Front(IRowStage next)
    {
        next = new PoolingStage(DnsMosParts.Bins, _convolutions[3].Outputs, next);
        for (var layer = 3; layer >= 0; layer--) next = new ConvolutionStage(_convolutions[layer], DnsMosParts.Bins, next);
        return next;
    }

    /// <summary>The fifth convolution and a pooling: to rows of four frames and 40 pixels.</summary>
    /// <param name="next">Takes the rows.</param>
    internal ConvolutionStage Middle(IRowStage next) => Pooled(4, DnsMosParts.Bins / 2, next);

    /// <summary>The sixth convolution, a pooling and the last convolution.</summary>
    /// <param name="next">Takes the rows.</param>
    internal ConvolutionStage Back(IRowStage next) => Pooled(5, DnsMosParts.Bins / 4, new ConvolutionStage(_convolutions[6], DnsMosParts.Bins / 8, next));

    /// <summary>What stands behind the last convolution.</summary>
    internal GreatestPixel Greatest() => new(_convolutions[^1].Outputs);

    private ConvolutionStage Pooled(int layer, int pixels, IRowStage next) =>
        new(_convolutions[layer], pixels, new PoolingStage(pixels, _convolutions[layer].Outputs, next));

    private static ReadOnlySpan<float> Weights(GraphProto graph, string name)
    {
        var tensor = graph.Initializer.FirstOrDefault(tensor => tensor.Name == name) ?? throw new ModelUnavailableException($"The graph has no weights {name}.");
        return tensor.FloatData.Count > 0 ? tensor.FloatData.ToArray() : MemoryMarshal.Cast<byte, float>(tensor.RawData.Span);
    }
}
