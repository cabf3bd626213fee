using Curation.Models.Graphs;

namespace Curation.Models.Importing.Synchformer;

/// <summary>Synchformer's synchronisation module: a transformer over both feature sequences, whose first token becomes the logits of the offset classes.</summary>
internal static class SyncHead
{
    private const string Prefix = "transformer";
    private const long Heads = 8;
    private const float Epsilon = 1e-5f;

    /// <summary>Adds the module.</summary>
    /// <param name="layers">Graph and checkpoint.</param>
    /// <param name="visual">[b, visual tokens, visual width].</param>
    /// <param name="visualWidth">Width of the visual features.</param>
    /// <param name="audio">[b, audio tokens, audio width].</param>
    /// <param name="audioWidth">Width of the audio features.</param>
    /// <param name="probe">Sees intermediate values.</param>
    /// <returns>[b, classes] and the number of classes.</returns>
    public static (GraphTensor Logits, long Classes) Add(CheckpointLayers layers, GraphTensor visual, long visualWidth, GraphTensor audio, long audioWidth, GraphProbe? probe)
    {
        var (graph, ledger) = (layers.Graph, layers.Ledger);
        var width = ledger.Size($"{Prefix}.OFF_tok", 2);
        graph.Scope = "sync/embed";
        var x = graph.Concat(
            1,
            PackedAttention.ForEach(graph, layers.Tensor($"{Prefix}.OFF_tok", 1, 1, width), visual),
            layers.LayerNorm(layers.Linear(visual, "vproj", visualWidth, width), $"{Prefix}.vis_in_lnorm", width, Epsilon),
            PackedAttention.ForEach(graph, layers.Tensor($"{Prefix}.MOD_tok", 1, 1, width), visual),
            layers.LayerNorm(layers.Linear(audio, "aproj", audioWidth, width), $"{Prefix}.aud_in_lnorm", width, Epsilon));

        // Fewer segments than the model was trained with use the first position embeddings, as upstream trims them when it loads.
        var positions = layers.Tensor($"{Prefix}.pos_emb_cfg.pos_emb", 1, ledger.Size($"{Prefix}.pos_emb_cfg.pos_emb", 1), width);
        x = graph.Add(x, graph.Slice(positions, 1, graph.Constant(0), graph.SizeOf(x, 1)));
        for (var i = 0; i < ledger.Layers($"{Prefix}.blocks."); i++)
        {
            graph.Scope = $"sync/block{i}";
            x = Block(layers, x, $"{Prefix}.blocks.{i}", width);
        }

        graph.Scope = "sync/head";
        x = layers.LayerNorm(x, $"{Prefix}.ln_f", width, Epsilon);
        probe?.Invoke("pre_head_tokens", x);
        x = graph.Gather(x, graph.Index(0), axis: 1);
        var classes = ledger.Size($"{Prefix}.off_head.weight", 0);
        return (layers.Linear(x, $"{Prefix}.off_head", width, classes), classes);
    }

    private static GraphTensor Block(CheckpointLayers layers, GraphTensor x, string prefix, long width)
    {
        var graph = layers.Graph;
        var normed = layers.LayerNorm(x, $"{prefix}.ln1", width, Epsilon);
        var attended = graph.Attention(
            layers.Linear(normed, $"{prefix}.attn.query", width, width),
            layers.Linear(normed, $"{prefix}.attn.key", width, width),
            layers.Linear(normed, $"{prefix}.attn.value", width, width),
            Heads,
            width / Heads);
        x = graph.Add(x, layers.Linear(attended, $"{prefix}.attn.proj", width, width));
        return graph.Add(x, layers.FeedForward(layers.LayerNorm(x, $"{prefix}.ln2", width, Epsilon), $"{prefix}.mlp.0", $"{prefix}.mlp.2", width));
    }
}
