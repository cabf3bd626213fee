using Curation.Models.Graphs;

namespace Curation.Models.Importing.Synchformer;

/// <summary>Sums up a sequence in one token: a transformer layer (norm first) over the sequence behind a class token of its own, whose output it keeps.</summary>
internal static class AggregationLayer
{
    private const float Epsilon = 1e-6f;

    /// <summary>Adds the layer.</summary>
    /// <param name="layers">Graph and checkpoint.</param>
    /// <param name="x">[n, length, width].</param>
    /// <param name="prefix">Prefix of the keys, without the last dot.</param>
    /// <param name="width">Width.</param>
    /// <param name="heads">Heads.</param>
    /// <returns>[n, width].</returns>
    public static GraphTensor Add(CheckpointLayers layers, GraphTensor x, string prefix, long width, long heads)
    {
        var graph = layers.Graph;
        x = graph.Concat(1, PackedAttention.ForEach(graph, layers.Tensor($"{prefix}.cls_token", 1, 1, width), x), x);
        x = graph.Add(x, PackedAttention.Add(layers, layers.LayerNorm(x, $"{prefix}.norm1", width, Epsilon), $"{prefix}.self_attn", width, heads));

        // Only the class token is kept, and nothing mixes tokens any more.
        x = graph.Gather(x, graph.Index(0), axis: 1);
        return graph.Add(x, layers.FeedForward(layers.LayerNorm(x, $"{prefix}.norm2", width, Epsilon), $"{prefix}.linear1", $"{prefix}.linear2", width));
    }
}
