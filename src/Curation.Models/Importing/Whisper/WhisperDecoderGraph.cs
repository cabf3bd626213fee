using Curation.Models.Checkpoints;
using Curation.Models.Graphs;

namespace Curation.Models.Importing.Whisper;

/// <summary>Whisper's text decoder with a key-value cache. The past may have length 0. The sound's keys and values may have batch 1 for any number of texts.</summary>
internal static class WhisperDecoderGraph
{
    private const float Epsilon = WhisperEncoderGraph.Epsilon;

    public static void Add(CheckpointLayers layers, WhisperSizes sizes)
    {
        var graph = layers.Graph;
        var ids = graph.Input("input_ids", ElementType.I64, "batch", "length");
        GraphTensor[] pasts = [.. Names(sizes, "decoder").Select(name => graph.Input($"past_key_values.{name}", graph.FloatType, "batch", sizes.TextHeads, "past", sizes.TextHeadSize))];
        GraphTensor[] sounds = [.. Names(sizes, "encoder").Select(name => graph.Input($"past_key_values.{name}", graph.FloatType, "sounds", sizes.TextHeads, "positions", sizes.TextHeadSize))];
        AddLayers(layers, sizes, ids, pasts, sounds);
    }

    /// <summary>Adds everything but the inputs; keys and values alternate, layer by layer.</summary>
    internal static void AddLayers(CheckpointLayers layers, WhisperSizes sizes, GraphTensor ids, GraphTensor[] pasts, GraphTensor[] sounds)
    {
        var graph = layers.Graph;
        var width = sizes.TextWidth;
        graph.Scope = "decoder/embed";
        var past = graph.SizeOf(pasts[0], 2);
        var total = graph.Add(past, graph.SizeOf(ids, 1));
        var mask = CausalMask(graph, past, total);
        var embedding = layers.Tensor("decoder.token_embedding.weight", sizes.Vocabulary, width);
        var positions = layers.Tensor("decoder.positional_embedding", sizes.TextPositions, width);
        var x = graph.Add(graph.Gather(embedding, ids), graph.Slice(positions, 0, past, total));

        List<GraphTensor> presents = [];
        List<GraphTensor> attentions = [];
        for (var i = 0; i < sizes.TextLayers; i++)
        {
            graph.Scope = $"decoder/block{i}";
            var prefix = $"decoder.blocks.{i}";
            x = SelfAttention(layers, x, prefix, sizes, pasts.AsSpan(2 * i, 2), mask, presents);
            x = CrossAttention(layers, x, prefix, sizes, sounds.AsSpan(2 * i, 2), attentions);
            x = graph.Add(x, layers.FeedForward(layers.LayerNorm(x, $"{prefix}.mlp_ln", width, Epsilon), $"{prefix}.mlp.0", $"{prefix}.mlp.2", width));
        }

        graph.Scope = "decoder/out";
        graph.Output("logits", Logits(layers, x, embedding, ids, sizes), "batch", "length", sizes.Vocabulary);
        foreach (var (name, present) in Names(sizes, "decoder").Zip(presents))
        {
            graph.OutputAsComputed($"present.{name}", present, "batch", sizes.TextHeads, "total", sizes.TextHeadSize);
        }

        for (var i = 0; i < attentions.Count; i++) graph.Output($"cross_attentions.{i}", attentions[i], "batch", sizes.TextHeads, "length", "positions");
    }

    /// <summary>The cache's names without their prefix.</summary>
    internal static IEnumerable<string> Names(WhisperSizes sizes, string part) =>
        Enumerable.Range(0, sizes.TextLayers).SelectMany(layer => new[] { $"{layer}.{part}.key", $"{layer}.{part}.value" });

    /// <summary>[length, total]: 0 up to a token's own place, negative infinity after it.</summary>
    private static GraphTensor CausalMask(GraphBuilder graph, GraphTensor past, GraphTensor total)
    {
        var one = graph.Index(1);
        var (start, end) = (Scalar(past), Scalar(total));
        var rows = graph.Unsqueeze(graph.Node("Range", ElementType.I64, [start, end, one]), 1);
        var columns = graph.Unsqueeze(graph.Node("Range", ElementType.I64, [graph.Index(0), end, one]), 0);
        var isLater = graph.Node("Greater", ElementType.Bool, [columns, rows]);
        return graph.Node("Where", graph.FloatType, [isLater, graph.Number(double.NegativeInfinity), graph.Number(0)]);

        GraphTensor Scalar(GraphTensor x) => graph.Node("Squeeze", ElementType.I64, [x, graph.Constant(0)]);
    }

    private static GraphTensor SelfAttention(CheckpointLayers layers, GraphTensor x, string prefix, WhisperSizes sizes, ReadOnlySpan<GraphTensor> past, GraphTensor mask, List<GraphTensor> presents)
    {
        var graph = layers.Graph;
        var width = sizes.TextWidth;
        var normed = layers.LayerNorm(x, $"{prefix}.attn_ln", width, Epsilon);
        var query = graph.SplitHeads(layers.Linear(normed, $"{prefix}.attn.query", width, width), sizes.TextHeads);
        var key = graph.Concat(2, past[0], graph.SplitHeads(layers.Linear(normed, $"{prefix}.attn.key", width, width, bias: false), sizes.TextHeads));
        var value = graph.Concat(2, past[1], graph.SplitHeads(layers.Linear(normed, $"{prefix}.attn.value", width, width), sizes.TextHeads));
        presents.Add(key);
        presents.Add(value);

        var attended = graph.Attend(query, graph.Transpose(key, 0, 1, 3, 2), value, 1 / Math.Sqrt(sizes.TextHeadSize), mask);
        return graph.Add(x, layers.Linear(graph.JoinHeads(attended), $"{prefix}.attn.out", width, width));
    }

    private static GraphTensor CrossAttention(CheckpointLayers layers, GraphTensor x, string prefix, WhisperSizes sizes, ReadOnlySpan<GraphTensor> sound, List<GraphTensor> attentions)
    {
        var graph = layers.Graph;
        var width = sizes.TextWidth;
        var normed = layers.LayerNorm(x, $"{prefix}.cross_attn_ln", width, Epsilon);
        var query = graph.SplitHeads(layers.Linear(normed, $"{prefix}.cross_attn.query", width, width), sizes.TextHeads);
        var scaled = graph.Multiply(query, graph.Number(1 / Math.Sqrt(sizes.TextHeadSize)));
        var shares = graph.Softmax(graph.MatMul(scaled, graph.Transpose(sound[0], 0, 1, 3, 2)));
        attentions.Add(shares);
        return graph.Add(x, layers.Linear(graph.JoinHeads(graph.MatMul(shares, sound[1])), $"{prefix}.cross_attn.out", width, width));
    }

    /// <summary>The embedding serves as the last layer too; Gemm reads it as it lies, so the file holds it once.</summary>
    private static GraphTensor Logits(CheckpointLayers layers, GraphTensor x, GraphTensor embedding, GraphTensor ids, WhisperSizes sizes)
    {
        var graph = layers.Graph;
        x = graph.Reshape(layers.LayerNorm(x, "decoder.ln", sizes.TextWidth, Epsilon), -1, sizes.TextWidth);
        var flat = graph.Node("Gemm", graph.FloatType, [x, embedding], GraphSetting.Of("transB", 1L));
        return graph.Reshape(flat, graph.Concat(0, graph.SizeOf(ids, 0), graph.SizeOf(ids, 1), graph.Constant(sizes.Vocabulary)));
    }
}
