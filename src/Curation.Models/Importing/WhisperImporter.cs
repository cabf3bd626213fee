using System.Text.Json;
using Curation.Models.Checkpoints;
using Curation.Models.Graphs;
using Curation.Models.Importing.Whisper;

namespace Curation.Models.Importing;

/// <summary>
/// Whisper (Radford et al., 2022), any size, from OpenAI's own checkpoint (<c>dims</c> and <c>model_state_dict</c>).
/// The encoder takes <c>input_features</c> [B, bands, 3000] and gives <c>last_hidden_state</c> and, for every decoder layer, the sound's
/// <c>present.N.encoder.key/value</c>. The decoder takes <c>input_ids</c>, those, and <c>past_key_values.N.decoder.key/value</c> of any
/// length from 0, and gives <c>logits</c>, <c>present.N.decoder.key/value</c> and <c>cross_attentions.N</c>. Names and shapes are those of
/// Hugging Face Optimum; there is no <c>use_cache_branch</c>, because the sound is projected once, by the encoder. In half precision keys and
/// values stay half outside the graphs too.
/// </summary>
public sealed class WhisperImporter : IModelImporter
{
    private const string StateRoot = "model_state_dict.";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <inheritdoc/>
    public string Slot => "asr.whisper";

    /// <inheritdoc/>
    public string Model => "Whisper (a .pt file of openai/whisper)";

    /// <inheritdoc/>
    public IReadOnlyList<string> Files { get; } = ["encoder_model.onnx", "decoder_model_merged.onnx"];

    /// <inheritdoc/>
    /// <remarks>config.json and generation_config.json are written beside the graphs: the first with the sizes, the second with the heads for word times where the model is a published one.</remarks>
    public IReadOnlyList<string> Import(ITensorSource checkpoint, string outputPath, ImportOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var paths = OutputPaths.Several(outputPath, Files);
        var (encoder, decoder, sizes) = Build(checkpoint, options.Precision);
        OnnxWriter.Write(encoder, paths[0], null, cancellationToken);
        OnnxWriter.Write(decoder, paths[1], null, cancellationToken);
        WriteConfiguration(Path.GetDirectoryName(paths[0])!, sizes);
        return paths;
    }

    /// <summary>Builds both graphs and checks the checkpoint, without reading a tensor.</summary>
    internal (GraphBuilder Encoder, GraphBuilder Decoder, WhisperSizes Sizes) Build(ITensorSource checkpoint, GraphPrecision precision)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var ledger = new CheckpointLedger(checkpoint, StateRoot);
        ledger.Ignore("decoder.mask");
        ledger.Ignore("alignment_heads");
        var sizes = WhisperSizes.Read(checkpoint, ledger);

        var encoder = new CheckpointLayers(new GraphBuilder("whisper-encoder", precision), ledger);
        var decoder = new CheckpointLayers(new GraphBuilder("whisper-decoder", precision), ledger);
        WhisperEncoderGraph.Add(encoder, sizes);
        WhisperDecoderGraph.Add(decoder, sizes);
        ledger.Check(Model);
        return (encoder.Graph, decoder.Graph, sizes);
    }

    private static void WriteConfiguration(string folder, WhisperSizes sizes)
    {
        var config = new Dictionary<string, object>
        {
            ["model_type"] = "whisper",
            ["vocab_size"] = sizes.Vocabulary,
            ["num_mel_bins"] = sizes.MelBands,
            ["d_model"] = sizes.TextWidth,
            ["encoder_layers"] = sizes.AudioLayers,
            ["encoder_attention_heads"] = sizes.AudioHeads,
            ["decoder_layers"] = sizes.TextLayers,
            ["decoder_attention_heads"] = sizes.TextHeads,
            ["max_source_positions"] = sizes.AudioPositions,
            ["max_target_positions"] = sizes.TextPositions,
        };
        File.WriteAllText(Path.Combine(folder, "config.json"), JsonSerializer.Serialize(config, Indented));

        var heads = PublishedAlignmentHeads.For(sizes);
        if (heads.Count == 0) return;

        var generation = new Dictionary<string, object> { ["alignment_heads"] = heads.Select(head => new[] { head.Layer, head.Head }) };
        File.WriteAllText(Path.Combine(folder, "generation_config.json"), JsonSerializer.Serialize(generation, Indented));
    }
}
