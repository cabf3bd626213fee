using Curation.Models.Checkpoints;
using Curation.Models.Graphs;

namespace Curation.Models.Importing.Whisper;

/// <summary>Whisper's audio encoder, and the decoder's projections of its output, which never change within a window.</summary>
internal static class WhisperEncoderGraph
{
    /// <summary>torch.nn.LayerNorm's default.</summary>
    internal const float Epsilon = 1e-5f;

    private const long Kernel = 3;

    public static void Add(CheckpointLayers layers, WhisperSizes sizes)
    {
        var graph = layers.Graph;
        var width = sizes.AudioWidth;
        var x = graph.Input("input_features", ElementType.F32, "batch", sizes.MelBands, sizes.AudioPositions * 2);

        graph.Scope = "encoder/stem";
        x = graph.Gelu(graph.Conv(x, layers.Tensor("encoder.conv1.weight", width, sizes.MelBands, Kernel), layers.Tensor("encoder.conv1.bias", width), [1], 1));
        x = graph.Gelu(graph.Conv(x, layers.Tensor("encoder.conv2.weight", width, width, Kernel), layers.Tensor("encoder.conv2.bias", width), [2], 1));
        x = graph.Add(graph.Transpose(x, 0, 2, 1), layers.Tensor("encoder.positional_embedding", sizes.AudioPositions, width));

        for (var i = 0; i < sizes.AudioLayers; i++)
        {
            graph.Scope = $"encoder/block{i}";
            x = Block(layers, x, $"encoder.blocks.{i}", sizes);
        }

        graph.Scope = "encoder/out";
        x = layers.LayerNorm(x, "encoder.ln_post", width, Epsilon);
        graph.Output("last_hidden_state", x, "batch", sizes.AudioPositions, width);

        for (var i = 0; i < sizes.TextLayers; i++)
        {
            graph.Scope = $"decoder/block{i}/cross";
            var prefix = $"decoder.blocks.{i}.cross_attn";
            var key = layers.Linear(x, $"{prefix}.key", width, sizes.TextWidth, bias: false);
            var value = layers.Linear(x, $"{prefix}.value", width, sizes.TextWidth);
            graph.OutputAsComputed($"present.{i}.encoder.key", graph.SplitHeads(key, sizes.TextHeads), "batch", sizes.TextHeads, sizes.AudioPositions, sizes.TextHeadSize);
            graph.OutputAsComputed($"present.{i}.encoder.value", graph.SplitHeads(value, sizes.TextHeads), "batch", sizes.TextHeads, sizes.AudioPositions, sizes.TextHeadSize);
        }
    }

    private static GraphTensor Block(CheckpointLayers layers, GraphTensor x, string prefix, WhisperSizes sizes)
    {
        var graph = layers.Graph;
        var width = sizes.AudioWidth;
        var normed = layers.LayerNorm(x, $"{prefix}.attn_ln", width, Epsilon);
        var attended = graph.Attention(
            layers.Linear(normed, $"{prefix}.attn.query", width, width),
            layers.Linear(normed, $"{prefix}.attn.key", width, width, bias: false),
            layers.Linear(normed, $"{prefix}.attn.value", width, width),
            sizes.AudioHeads,
            width / Math.Max(sizes.AudioHeads, 1));
        x = graph.Add(x, layers.Linear(attended, $"{prefix}.attn.out", width, width));
        return graph.Add(x, layers.FeedForward(layers.LayerNorm(x, $"{prefix}.mlp_ln", width, Epsilon), $"{prefix}.mlp.0", $"{prefix}.mlp.2", width));
    }
}
