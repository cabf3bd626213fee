using Curation.Models.Checkpoints;

namespace Curation.Models.Importing.ImageBind;

/// <summary>ImageBind's audio tower: input <c>audio</c> [N, 1, 128, 204].</summary>
internal static class AudioGraph
{
    private const string Prefix = "modality_preprocessors.audio";
    private const long Heads = 12;
    private const float StemEpsilon = 1e-5f;
    private const long Bands = 128;
    private const long Frames = 204;
    private const long PatchSide = 16;
    private const long PatchStride = 10;
    private const long Tokens = ((((Bands - PatchSide) / PatchStride) + 1) * (((Frames - PatchSide) / PatchStride) + 1)) + 1;

    /// <summary>Adds the tower.</summary>
    public static void Add(CheckpointLayers layers, GraphProbe? probe)
    {
        var (graph, ledger) = (layers.Graph, layers.Ledger);
        var width = ledger.Size($"{Prefix}.cls_token", 2);
        var input = graph.Input("audio", ElementType.F32, "batch", 1, Bands, Frames);

        graph.Scope = "audio/patches";
        var patches = graph.Conv(input, layers.Tensor($"{Prefix}.rgbt_stem.proj.weight", width, 1, PatchSide, PatchSide), null, [PatchStride, PatchStride]);
        var x = graph.Transpose(graph.Reshape(patches, 0, 0, -1), 0, 2, 1);
        x = layers.LayerNorm(x, $"{Prefix}.rgbt_stem.norm_layer", width, StemEpsilon);
        x = graph.Concat(1, PackedAttention.ForEach(graph, layers.Tensor($"{Prefix}.cls_token", 1, 1, width), input), x);
        x = graph.Add(x, layers.Tensor($"{Prefix}.pos_embedding_helper.pos_embed", 1, Tokens, width));
        x = Trunk.Add(layers, x, "audio", width, Heads, extraKey: true, mask: null, probe);

        x = layers.LayerNorm(graph.Gather(x, graph.Index(0), axis: 1), "modality_heads.audio.0", width, Trunk.Epsilon);
        var outputs = ledger.Size("modality_heads.audio.2.weight", 0);
        Embedding.Output(layers, layers.Linear(x, "modality_heads.audio.2", width, outputs, bias: false), outputs, "audio");
    }
}
