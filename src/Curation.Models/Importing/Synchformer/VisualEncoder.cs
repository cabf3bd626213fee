using Curation.Models.Graphs;

namespace Curation.Models.Importing.Synchformer;

/// <summary>
/// Synchformer's visual feature extractor: MotionFormer with divided space-time attention (configuration divided_224_16x4,
/// separate position embeddings) and a layer that sums up the places of every time step.
/// </summary>
internal static class VisualEncoder
{
    private const string Prefix = "vfeat_extractor";
    private const long Heads = 12;
    private const float Epsilon = 1e-6f;
    private const long FrameStride = 2;
    private const long PatchSide = 16;

    /// <summary>Adds the encoder.</summary>
    /// <param name="layers">Graph and checkpoint.</param>
    /// <param name="frames">[n, 16, 3, 224, 224].</param>
    /// <param name="probe">Sees intermediate values.</param>
    /// <returns>[n, times, width], the number of times and the width.</returns>
    public static (GraphTensor Features, long Times, long Width) Add(CheckpointLayers layers, GraphTensor frames, GraphProbe? probe)
    {
        var (graph, ledger) = (layers.Graph, layers.Ledger);
        var width = ledger.Size($"{Prefix}.cls_token", 2);
        var places = Math.Max(0, ledger.Size($"{Prefix}.pos_embed", 1) - 1);
        var times = ledger.Size($"{Prefix}.temp_embed", 1);

        // The two-dimensional patch embedding is in every checkpoint, but the forward pass uses only the three-dimensional one.
        ledger.Ignore($"{Prefix}.patch_embed.");

        graph.Scope = "visual/patches";
        var x = Patches(layers, frames, width);
        probe?.Invoke("vis_patch", x);
        x = graph.Concat(1, PackedAttention.ForEach(graph, layers.Tensor($"{Prefix}.cls_token", 1, 1, width), x), x);
        x = graph.Add(x, Positions(layers, width, times, places));

        var attention = new DividedAttention(layers, times, places, width, Heads);
        for (var i = 0; i < ledger.Layers($"{Prefix}.blocks."); i++)
        {
            graph.Scope = $"visual/block{i}";
            x = Block(layers, x, attention, $"{Prefix}.blocks.{i}", width);
            probe?.Invoke($"vis_block{i}", x);
        }

        graph.Scope = "visual/aggregate";
        x = layers.LayerNorm(graph.Slice(x, 1, 1, long.MaxValue), $"{Prefix}.norm", width, Epsilon);
        probe?.Invoke("vis_tokens_norm", x);
        x = AggregationLayer.Add(layers, graph.Reshape(x, -1, places, width), $"{Prefix}.spatial_attn_agg", width, Heads);
        return (graph.Reshape(x, -1, times, width), times, width);
    }

    private static GraphTensor Patches(CheckpointLayers layers, GraphTensor frames, long width)
    {
        var graph = layers.Graph;
        var patches = graph.Conv(
            graph.Transpose(frames, 0, 2, 1, 3, 4),
            layers.Tensor($"{Prefix}.patch_embed_3d.proj.weight", width, 3, FrameStride, PatchSide, PatchSide),
            layers.Tensor($"{Prefix}.patch_embed_3d.proj.bias", width),
            [FrameStride, PatchSide, PatchSide]);
        return graph.Transpose(graph.Reshape(patches, 0, 0, -1), 0, 2, 1);
    }

    /// <summary>The embedding of a place is repeated for every time, that of a time for every place; the class token has one of its own.</summary>
    private static GraphTensor Positions(CheckpointLayers layers, long width, long times, long places)
    {
        var graph = layers.Graph;
        var place = layers.Tensor($"{Prefix}.pos_embed", 1, places + 1, width);
        var time = layers.Tensor($"{Prefix}.temp_embed", 1, times, width);
        var grid = graph.Add(graph.Unsqueeze(graph.Slice(place, 1, 1, long.MaxValue), 1), graph.Unsqueeze(time, 2));
        return graph.Concat(1, graph.Slice(place, 1, 0, 1), graph.Reshape(grid, 1, -1, width));
    }

    private static GraphTensor Block(CheckpointLayers layers, GraphTensor x, DividedAttention attention, string prefix, long width)
    {
        var graph = layers.Graph;
        x = graph.Add(x, attention.AlongTime(layers.LayerNorm(x, $"{prefix}.norm3", width, Epsilon), $"{prefix}.timeattn"));
        x = graph.Add(x, attention.WithinFrame(layers.LayerNorm(x, $"{prefix}.norm1", width, Epsilon), $"{prefix}.attn"));
        return graph.Add(x, layers.FeedForward(layers.LayerNorm(x, $"{prefix}.norm2", width, Epsilon), $"{prefix}.mlp.fc1", $"{prefix}.mlp.fc2", width));
    }
}
