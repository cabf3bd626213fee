namespace Curation.Models.Graphs;

/// <summary>How <see cref="OnnxWriter"/> stores weights.</summary>
public sealed record OnnxWriteOptions
{
    /// <summary>
    /// Weights of more than this many bytes together go to a file of their own beside the graph, <c>NAME.onnx.data</c>;
    /// 256 MiB by default, because a runtime maps that file, while it copies what stands inside the graph (loading Synchformer
    /// took 2.4 GB so, and 1.0 GB from its own file). Protobuf allows no message of 2 GiB, so this must stay below.
    /// </summary>
    public long InlineLimitBytes { get; init; } = 256L << 20;
}
