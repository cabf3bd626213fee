using Curation.Models.Checkpoints;
using Curation.Models.Graphs;
using Curation.Models.Importing.ImageBind;

namespace Curation.Models.Importing;

/// <summary>
/// The LAION aesthetic predictor v2 (sac+logos+ava1-l14-linearMSE.pth): linear layers without activations on CLIP ViT-L/14's
/// projected image embedding. The graph takes that embedding as CLIP's vision graph gives it, input <c>image_embeds</c> [N, 768],
/// brings it to unit length itself, as the predictor was trained, and gives <c>score</c> [N, 1], about 1 (poor) to 10 (fine).
/// </summary>
public sealed class AestheticImporter : IModelImporter
{
    private const string FileName = "aesthetic-head.onnx";

    /// <summary>Places of the linear layers in upstream's <c>Sequential</c>; dropouts stand at the others.</summary>
    private static readonly int[] Layers = [0, 2, 4, 6, 7];

    /// <inheritdoc/>
    public string Slot => "aesthetic";

    /// <inheritdoc/>
    public string Model => "the LAION aesthetic predictor v2 (sac+logos+ava1-l14-linearMSE.pth)";

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

    private GraphBuilder Build(ITensorSource checkpoint, GraphPrecision precision)
    {
        var graph = new GraphBuilder("aesthetic-head", precision);
        var ledger = new CheckpointLedger(checkpoint);
        var layers = new CheckpointLayers(graph, ledger);
        var width = ledger.Size("layers.0.weight", 1);
        var input = graph.Input("image_embeds", ElementType.F32, "batch", width);

        // The squares of an embedding's elements are added in single precision in a half graph too.
        var x = graph.Cast(Embedding.Unit(graph, graph.Cast(input, ElementType.F32)), graph.FloatType);
        foreach (var layer in Layers)
        {
            var outputs = layer == Layers[^1] ? 1 : ledger.Size($"layers.{layer}.weight", 0);
            x = layers.Linear(x, $"layers.{layer}", width, outputs);
            width = outputs;
        }

        ledger.Check(Model);
        graph.Output("score", x, "batch", 1);
        return graph;
    }
}
