using Curation.Models.Checkpoints;
using Curation.Models.Graphs;
using Curation.Models.Importing.ImageBind;

namespace Curation.Models.Importing;

/// <summary>
/// ImageBind huge (Girdhar et al., CVPR 2023): three graphs, with inputs <c>vision</c> [N, 3, 2, 224, 224], <c>audio</c> [N, 1, 128, 204] and
/// <c>text</c> [N, 77]; outputs <c>embedding</c> [N, 1024], as upstream's model returns it for one clip (unit length; audio and text then scaled),
/// and <c>head</c>, before that. Upstream's mean over clips is left to the caller. Widths and depths come from the checkpoint; heads (16, 12, 16) are
/// the published ones. The towers for depth, thermal pictures and motion sensors are left out.
/// </summary>
public sealed class ImageBindImporter : IModelImporter
{
    private static readonly string[] UnusedModalities = ["depth", "thermal", "imu"];

    private static readonly string[] Places = ["preprocessors", "trunks", "heads", "postprocessors"];

    private delegate void Tower(CheckpointLayers layers, GraphProbe? probe);

    /// <inheritdoc/>
    public string Slot => "semantic";

    /// <inheritdoc/>
    public string Model => "ImageBind huge (imagebind_huge.pth)";

    /// <inheritdoc/>
    public IReadOnlyList<string> Files { get; } = ["imagebind-vision.onnx", "imagebind-audio.onnx", "imagebind-text.onnx"];

    /// <inheritdoc/>
    public IReadOnlyList<string> Import(ITensorSource checkpoint, string outputPath, ImportOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var paths = OutputPaths.Several(outputPath, Files);
        foreach (var (graph, path) in Build(checkpoint, options.Precision).Zip(paths))
        {
            OnnxWriter.Write(graph, path, null, cancellationToken);
        }

        return paths;
    }

    /// <summary>Builds the graphs in the order of <see cref="Files"/> and checks the checkpoint, without reading a tensor.</summary>
    internal IReadOnlyList<GraphBuilder> Build(ITensorSource checkpoint, GraphPrecision precision, bool probes = false)
    {
        var ledger = new CheckpointLedger(checkpoint);
        foreach (var modality in UnusedModalities)
        {
            foreach (var place in Places)
            {
                ledger.Ignore($"modality_{place}.{modality}.");
            }
        }

        GraphBuilder[] graphs =
        [
            Graph("vision", VisionGraph.Add, ledger, precision, probes),
            Graph("audio", AudioGraph.Add, ledger, precision, probes),
            Graph("text", TextGraph.Add, ledger, precision, probes),
        ];
        ledger.Check(Model);
        return graphs;
    }

    private static GraphBuilder Graph(string modality, Tower tower, CheckpointLedger ledger, GraphPrecision precision, bool probes)
    {
        var graph = new GraphBuilder($"imagebind-{modality}", precision);
        List<(string Name, GraphTensor Value)> probed = [];
        tower(new CheckpointLayers(graph, ledger), probes ? (name, value) => probed.Add((name, value)) : null);
        foreach (var (name, value) in probed)
        {
            graph.Output(name, value, "batch", $"{name}_tokens", $"{name}_width");
        }

        return graph;
    }
}
