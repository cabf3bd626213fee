namespace Curation.Models.Graphs;

/// <summary>How <see cref="OnnxWriter"/> stores weights.</summary>
public sealed record OnnxWriteOptions
{
    /// <summary>
    /// Weights of more than this many bytes together go to a file of their own beside the graph, <c>NAME.onnx.data</c>;
    /// 1 GiB by default. Protobuf allows no message of 2 GiB, so this must stay below.
    /// </summary>
    public long InlineLimitBytes { get; init; } = 1L << 30;
}
