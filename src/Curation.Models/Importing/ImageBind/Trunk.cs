using Curation.Models.Graphs;

namespace Curation.Models.Importing.ImageBind;

/// <summary>ImageBind's transformer trunk: blocks that normalise first, the same for every modality.</summary>
internal static class Trunk
{
    /// <summary>Of every layer normalisation but the audio stem's.</summary>
    public const float Epsilon = 1e-6f;

    /// <summary>Adds the trunk.</summary>
    /// <param name="layers">Graph and checkpoint.</param>
    /// <param name="x">[n, tokens, width].</param>
    /// <param name="modality">vision, audio or text.</param>
    /// <param name="width">Width.</param>
    /// <param name="heads">Heads.</param>
    /// <param name="extraKey">Whether attention has one more key and value than tokens.</param>
    /// <param name="mask">Added to the logits of attention; null for none.</param>
    /// <param name="probe">Sees intermediate values.</param>
    /// <returns>[n, tokens, width].</returns>
    public static GraphTensor Add(CheckpointLayers layers, GraphTensor x, string modality, long width, long heads, bool extraKey, GraphTensor? mask, GraphProbe? probe)
    {
        var graph = layers.Graph;
        var prefix = $"modality_trunks.{modality}.blocks.";
        probe?.Invoke("trunk_in", x);
        for (var i = 0; i < layers.Ledger.Layers(prefix); i++)
        {
            graph.Scope = $"{modality}/block{i}";
            var block = $"{prefix}{i}";
            x = graph.Add(x, PackedAttention.Add(layers, layers.LayerNorm(x, $"{block}.norm_1", width, Epsilon), $"{block}.attn", width, heads, extraKey, mask));
            x = graph.Add(x, layers.FeedForward(layers.LayerNorm(x, $"{block}.norm_2", width, Epsilon), $"{block}.mlp.fc1", $"{block}.mlp.fc2", width));
            probe?.Invoke($"block{i}", x);
        }

        probe?.Invoke("trunk_out", x);
        graph.Scope = $"{modality}/head";
        return x;
    }
}
