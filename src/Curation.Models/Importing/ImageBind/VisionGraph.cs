using Curation.Models.Checkpoints;

namespace Curation.Models.Importing.ImageBind;

/// <summary>ImageBind's vision tower: input <c>vision</c> [N, 3, 2, 224, 224] (an image is repeated to two frames by the caller).</summary>
internal static class VisionGraph
{
    private const string Prefix = "modality_preprocessors.vision";
    private const long Heads = 16;
    private const long Frames = 2;
    private const long Side = 224;
    private const long PatchSide = 14;
    private const long Tokens = ((Side / PatchSide) * (Side / PatchSide)) + 1;

    /// <summary>Adds the tower.</summary>
    public static void Add(CheckpointLayers layers, GraphProbe? probe)
    {
        var (graph, ledger) = (layers.Graph, layers.Ledger);
        var width = ledger.Size($"{Prefix}.cls_token", 2);
        var input = graph.Input("vision", ElementType.F32, "batch", 3, Frames, Side, Side);

        graph.Scope = "vision/patches";
        var weight = layers.Tensor($"{Prefix}.rgbt_stem.proj.1.weight", width, 3, Frames, PatchSide, PatchSide);
        var patches = graph.Conv(input, weight, null, [Frames, PatchSide, PatchSide]);
        var x = graph.Transpose(graph.Reshape(patches, 0, 0, -1), 0, 2, 1);
        x = graph.Concat(1, PackedAttention.ForEach(graph, layers.Tensor($"{Prefix}.cls_token", 1, 1, width), input), x);
        x = graph.Add(x, layers.Tensor($"{Prefix}.pos_embedding_helper.pos_embed", 1, Tokens, width));
        x = layers.LayerNorm(x, "modality_trunks.vision.pre_transformer_layer.0", width, Trunk.Epsilon);
        x = Trunk.Add(layers, x, "vision", width, Heads, extraKey: false, mask: null, probe);

        x = layers.LayerNorm(graph.Gather(x, graph.Index(0), axis: 1), "modality_heads.vision.0", width, Trunk.Epsilon);
        var outputs = ledger.Size("modality_heads.vision.2.weight", 0);
        Embedding.Output(layers, layers.Linear(x, "modality_heads.vision.2", width, outputs, bias: false), outputs, scaledModality: null);
    }
}
