using Curation.Models.Checkpoints;
using Curation.Models.Graphs;
using Curation.Models.Importing.Synchformer;

namespace Curation.Models.Importing;

/// <summary>
/// Synchformer (Iashin et al., ICASSP 2024): inputs <c>vis</c> [B, S, 16, 3, 224, 224] and <c>aud</c> [B, S, 1, 128, 66],
/// outputs <c>logits</c> [B, 21], <c>vis_features</c> [B, S, 8, 768] and <c>aud_features</c> [B, S, 6, 768]; S up to 14.
/// Widths and depths come from the checkpoint; heads (12, 12, 8) are those of the published configuration.
/// </summary>
public sealed class SynchformerImporter : IModelImporter
{
    private const string FileName = "synchformer.onnx";
    private const long FramesPerSegment = 16;
    private const long PictureSide = 224;
    private const long MelBands = 128;
    private const long MelFrames = 66;

    /// <inheritdoc/>
    public string Slot => "sync";

    /// <inheritdoc/>
    public string Model => "Synchformer (24-01-04T16-39-21 or another of its synchronisation checkpoints)";

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => [FileName];

    /// <inheritdoc/>
    public IReadOnlyList<string> Import(ITensorSource checkpoint, string outputPath, ImportOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var path = OutputPaths.Single(outputPath, FileName);
        OnnxWriter.Write(Build(checkpoint, options.Precision), path, null, cancellationToken);
        return [path];
    }

    /// <summary>Builds the graph and checks the checkpoint, without reading a tensor.</summary>
    internal GraphBuilder Build(ITensorSource checkpoint, GraphPrecision precision, bool probes = false)
    {
        var graph = new GraphBuilder("synchformer", precision);
        var layers = new CheckpointLayers(graph, new CheckpointLedger(checkpoint, "model."));
        List<(string Name, GraphTensor Value)> probed = [];
        GraphProbe? probe = probes ? (name, value) => probed.Add((name, value)) : null;

        var vis = graph.Input("vis", ElementType.F32, "batch", "segments", FramesPerSegment, 3, PictureSide, PictureSide);
        var aud = graph.Input("aud", ElementType.F32, "batch", "segments", 1, MelBands, MelFrames);
        var segments = graph.Concat(0, graph.SizeOf(vis, 0), graph.SizeOf(vis, 1));

        var (visual, visualTimes, visualWidth) = VisualEncoder.Add(layers, graph.Reshape(vis, -1, FramesPerSegment, 3, PictureSide, PictureSide), probe);
        var (audio, audioTimes, audioWidth) = AudioEncoder.Add(layers, graph.Reshape(aud, -1, 1, MelBands, MelFrames), MelBands, MelFrames, probe);

        graph.Scope = "features";
        visual = graph.Reshape(visual, graph.Concat(0, segments, graph.Constant(visualTimes, visualWidth)));
        audio = graph.Reshape(audio, graph.Concat(0, segments, graph.Constant(audioTimes, audioWidth)));
        var (logits, classes) = SyncHead.Add(layers, graph.Reshape(visual, 0, -1, visualWidth), visualWidth, graph.Reshape(audio, 0, -1, audioWidth), audioWidth, probe);

        layers.Ledger.Check(Model);
        graph.Scope = "";
        graph.Output("logits", logits, "batch", classes);
        graph.Output("vis_features", visual, "batch", "segments", visualTimes, visualWidth);
        graph.Output("aud_features", audio, "batch", "segments", audioTimes, audioWidth);
        foreach (var (name, value) in probed)
        {
            graph.Output(name, value, $"{name}_0", $"{name}_1", $"{name}_2");
        }

        return graph;
    }
}
