using Curation.Models.Graphs;

namespace Curation.Models.Importing;

/// <summary>
/// PyTorch's <c>nn.MultiheadAttention</c> over one sequence: <c>in_proj_weight</c> packs query, key and value;
/// <c>bias_k</c> and <c>bias_v</c>, where the module has them, are one more key and value after the sequence.
/// </summary>
internal static class PackedAttention
{
    /// <summary>Adds the layer.</summary>
    /// <param name="layers">Graph and checkpoint.</param>
    /// <param name="x">[n, length, width].</param>
    /// <param name="prefix">Prefix of the keys, without the last dot.</param>
    /// <param name="width">Width.</param>
    /// <param name="heads">Heads; the checkpoint does not tell.</param>
    /// <param name="extraKey">Whether it has <c>bias_k</c> and <c>bias_v</c>.</param>
    /// <param name="mask">Added to the logits; null for none.</param>
    /// <returns>[n, length, width].</returns>
    public static GraphTensor Add(CheckpointLayers layers, GraphTensor x, string prefix, long width, long heads, bool extraKey = false, GraphTensor? mask = null)
    {
        var graph = layers.Graph;
        var weight = layers.Transposed($"{prefix}.in_proj_weight", 3 * width, width);
        var (query, key, value) = Thirds(graph, graph.Linear(x, weight, layers.Tensor($"{prefix}.in_proj_bias", 3 * width)));
        if (extraKey)
        {
            key = graph.Concat(1, key, ForEach(graph, layers.Tensor($"{prefix}.bias_k", 1, 1, width), x));
            value = graph.Concat(1, value, ForEach(graph, layers.Tensor($"{prefix}.bias_v", 1, 1, width), x));
        }

        return layers.Linear(graph.Attention(query, key, value, heads, width / heads, mask), $"{prefix}.out_proj", width, width);
    }

    /// <summary>Splits the last dimension into three.</summary>
    public static (GraphTensor First, GraphTensor Second, GraphTensor Third) Thirds(GraphBuilder graph, GraphTensor x)
    {
        var parts = graph.Nodes("Split", x.Type, 3, [x], GraphSetting.Of("axis", -1L), GraphSetting.Of("num_outputs", 3L));
        return (parts[0], parts[1], parts[2]);
    }

    /// <summary>Repeats a token [1, 1, width] for every sequence of a batch.</summary>
    public static GraphTensor ForEach(GraphBuilder graph, GraphTensor token, GraphTensor batch) =>
        graph.Expand(token, graph.Concat(0, graph.SizeOf(batch, 0), graph.Constant(1, 1)));
}
