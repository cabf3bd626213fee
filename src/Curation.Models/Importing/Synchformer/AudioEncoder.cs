using Curation.Models.Graphs;

namespace Curation.Models.Importing.Synchformer;

/// <summary>Synchformer's audio feature extractor: an audio spectrogram transformer over 12 x 6 patches, and a layer that sums up the frequencies of every time step.</summary>
internal static class AudioEncoder
{
    private const string Prefix = "afeat_extractor.ast";
    private const long Heads = 12;
    private const float Epsilon = 1e-12f;
    private const long PatchSide = 16;
    private const long PatchStride = 10;

    /// <summary>Class token and distillation token.</summary>
    private const long ExtraTokens = 2;

    /// <summary>Adds the encoder.</summary>
    /// <param name="layers">Graph and checkpoint.</param>
    /// <param name="mels">[n, 1, bands, frames].</param>
    /// <param name="bands">Mel bands.</param>
    /// <param name="frames">Frames of the spectrogram.</param>
    /// <param name="probe">Sees intermediate values.</param>
    /// <returns>[n, times, width], the number of times and the width.</returns>
    public static (GraphTensor Features, long Times, long Width) Add(CheckpointLayers layers, GraphTensor mels, long bands, long frames, GraphProbe? probe)
    {
        var (graph, ledger) = (layers.Graph, layers.Ledger);
        var width = ledger.Size($"{Prefix}.embeddings.cls_token", 2);
        var (frequencies, times) = (Steps(bands), Steps(frames));

        graph.Scope = "audio/patches";
        var x = Embed(layers, mels, width, frequencies * times);
        for (var i = 0; i < ledger.Layers($"{Prefix}.encoder.layer."); i++)
        {
            graph.Scope = $"audio/block{i}";
            x = Block(layers, x, $"{Prefix}.encoder.layer.{i}", width);
        }

        graph.Scope = "audio/aggregate";
        x = layers.LayerNorm(x, $"{Prefix}.layernorm", width, Epsilon);
        probe?.Invoke("ast_last_hidden_state", x);

        // Patches are frequency-major; every time step's frequencies become one sequence.
        x = graph.Reshape(graph.Slice(x, 1, ExtraTokens, long.MaxValue), 0, frequencies, times, width);
        x = graph.Reshape(graph.Transpose(x, 0, 2, 1, 3), -1, frequencies, width);
        x = AggregationLayer.Add(layers, x, "afeat_extractor.freq_attn_agg", width, Heads);
        return (graph.Reshape(x, -1, times, width), times, width);
    }

    private static long Steps(long length) => ((length - PatchSide) / PatchStride) + 1;

    private static GraphTensor Embed(CheckpointLayers layers, GraphTensor mels, long width, long patchCount)
    {
        var graph = layers.Graph;
        var patches = graph.Conv(
            mels,
            layers.Tensor($"{Prefix}.embeddings.patch_embeddings.projection.weight", width, 1, PatchSide, PatchSide),
            layers.Tensor($"{Prefix}.embeddings.patch_embeddings.projection.bias", width),
            [PatchStride, PatchStride]);
        var x = graph.Concat(
            1,
            PackedAttention.ForEach(graph, layers.Tensor($"{Prefix}.embeddings.cls_token", 1, 1, width), mels),
            PackedAttention.ForEach(graph, layers.Tensor($"{Prefix}.embeddings.distillation_token", 1, 1, width), mels),
            graph.Transpose(graph.Reshape(patches, 0, 0, -1), 0, 2, 1));
        return graph.Add(x, layers.Tensor($"{Prefix}.embeddings.position_embeddings", 1, patchCount + ExtraTokens, width));
    }

    private static GraphTensor Block(CheckpointLayers layers, GraphTensor x, string prefix, long width)
    {
        var graph = layers.Graph;
        var normed = layers.LayerNorm(x, $"{prefix}.layernorm_before", width, Epsilon);
        var attended = graph.Attention(
            layers.Linear(normed, $"{prefix}.attention.attention.query", width, width),
            layers.Linear(normed, $"{prefix}.attention.attention.key", width, width),
            layers.Linear(normed, $"{prefix}.attention.attention.value", width, width),
            Heads,
            width / Heads);
        x = graph.Add(x, layers.Linear(attended, $"{prefix}.attention.output.dense", width, width));
        return graph.Add(x, layers.FeedForward(layers.LayerNorm(x, $"{prefix}.layernorm_after", width, Epsilon), $"{prefix}.intermediate.dense", $"{prefix}.output.dense", width));
    }
}
