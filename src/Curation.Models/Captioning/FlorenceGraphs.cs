using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Captioning;

/// <summary>
/// The four graphs of a Florence-2 export: <c>vision_encoder</c> (pixel_values → image_features), <c>embed_tokens</c> (input_ids →
/// inputs_embeds), <c>encoder_model</c> (inputs_embeds, attention_mask → last_hidden_state) and <c>decoder_model_merged</c>
/// (inputs_embeds, encoder_hidden_states, encoder_attention_mask, past_key_values.*, use_cache_branch → logits, present.*).
/// </summary>
public sealed class FlorenceGraphs : IDisposable
{
    internal const string PixelValues = "pixel_values";
    internal const string ImageFeatures = "image_features";
    internal const string InputIds = "input_ids";
    internal const string InputsEmbeds = "inputs_embeds";
    internal const string AttentionMask = "attention_mask";
    internal const string LastHiddenState = "last_hidden_state";
    internal const string EncoderHiddenStates = "encoder_hidden_states";
    internal const string EncoderAttentionMask = "encoder_attention_mask";
    internal const string UseCacheBranch = "use_cache_branch";
    internal const string Logits = "logits";

    private const int PublishedSide = 768;
    private static readonly string[] Parts = ["decoder.key", "decoder.value", "encoder.key", "encoder.value"];

    /// <summary>Takes four opened graphs and checks that they belong together; they are closed with this.</summary>
    /// <param name="vision">The picture's encoder.</param>
    /// <param name="tokens">The words' embedding.</param>
    /// <param name="encoder">The encoder over picture and words.</param>
    /// <param name="decoder">The decoder with its cache.</param>
    /// <exception cref="ModelUnavailableException">An input or output is missing or does not fit.</exception>
    public FlorenceGraphs(OnnxGraph vision, OnnxGraph tokens, OnnxGraph encoder, OnnxGraph decoder)
    {
        ArgumentNullException.ThrowIfNull(vision);
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(decoder);

        Vision = vision;
        Tokens = tokens;
        Encoder = encoder;
        Decoder = decoder;
        PixelType = GraphPorts.Input(vision, PixelValues, 4, TensorElementType.Float, TensorElementType.Float16);
        GraphPorts.Output(vision, ImageFeatures, 3);
        GraphPorts.Input(tokens, InputIds, 2, TensorElementType.Int64);
        GraphPorts.Output(tokens, InputsEmbeds, 3);
        EmbeddingType = GraphPorts.Input(encoder, InputsEmbeds, 3, TensorElementType.Float, TensorElementType.Float16);
        GraphPorts.Input(encoder, AttentionMask, 2, TensorElementType.Int64);
        GraphPorts.Output(encoder, LastHiddenState, 3);
        GraphPorts.Input(decoder, InputsEmbeds, 3, TensorElementType.Float, TensorElementType.Float16);
        GraphPorts.Input(decoder, EncoderHiddenStates, 3, TensorElementType.Float, TensorElementType.Float16);
        GraphPorts.Input(decoder, EncoderAttentionMask, 2, TensorElementType.Int64);
        GraphPorts.Input(decoder, UseCacheBranch, 1, TensorElementType.Bool);
        Side = SideOf(vision);
        VocabularySize = GraphPorts.Output(decoder, Logits, 3)[2];
        if (VocabularySize <= 0) throw new ModelUnavailableException($"{decoder.Path}: the last dimension of '{Logits}' is not fixed, so the vocabulary's size is not known");

        while (decoder.Inputs.ContainsKey(Past(Layers, Parts[0]))) Layers++;
        if (Layers == 0) throw new ModelUnavailableException($"{decoder.Path} has no input '{Past(0, Parts[0])}'; its inputs are {string.Join(", ", decoder.Inputs.Keys)}");

        foreach (var name in OwnCache.Concat(PictureCache))
        {
            CacheType = GraphPorts.Input(decoder, "past_key_values." + name, 4, TensorElementType.Float, TensorElementType.Float16);
            GraphPorts.Output(decoder, "present." + name, 4);
        }

        var cache = decoder.Inputs[Past(0, Parts[0])].Dimensions;
        (Heads, HeadSize) = (cache[1], cache[3]);
        if (Heads <= 0 || HeadSize <= 0) throw new ModelUnavailableException($"{decoder.Path}: '{Past(0, Parts[0])}' does not fix the number and size of its heads");
    }

    /// <summary>Width and height of the picture in pixels.</summary>
    public int Side { get; }

    /// <summary>How many tokens the decoder tells apart.</summary>
    public int VocabularySize { get; }

    internal OnnxGraph Vision { get; }

    internal OnnxGraph Tokens { get; }

    internal OnnxGraph Encoder { get; }

    internal OnnxGraph Decoder { get; }

    internal TensorElementType PixelType { get; }

    internal TensorElementType EmbeddingType { get; }

    internal TensorElementType CacheType { get; }

    internal int Layers { get; }

    internal int Heads { get; }

    internal int HeadSize { get; }

    /// <summary>What the decoder remembers of its own tokens: grows with every step.</summary>
    internal IEnumerable<string> OwnCache => Names(Parts[..2]);

    /// <summary>What the decoder remembers of picture and prompt: made in the first step.</summary>
    internal IEnumerable<string> PictureCache => Names(Parts[2..]);

    /// <summary>Opens the graphs of a folder.</summary>
    /// <param name="folder">Holds the four .onnx files, in itself or in a folder <c>onnx</c>.</param>
    /// <param name="device">Where they will run.</param>
    /// <returns>The graphs.</returns>
    /// <exception cref="ModelUnavailableException">A file is missing, damaged or does not fit.</exception>
    public static FlorenceGraphs Open(string folder, ModelDevice device)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);

        var opened = new List<OnnxGraph>();
        try
        {
            foreach (var name in (string[])["vision_encoder", "embed_tokens", "encoder_model", "decoder_model_merged"]) opened.Add(OnnxGraph.Open(Find(folder, name + ".onnx"), device));
            return new FlorenceGraphs(opened[0], opened[1], opened[2], opened[3]);
        }
        catch (ModelUnavailableException)
        {
            foreach (var graph in opened) graph.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Vision.Dispose();
        Tokens.Dispose();
        Encoder.Dispose();
        Decoder.Dispose();
    }

    private static string Find(string folder, string name)
    {
        var below = Path.Combine(folder, "onnx", name);
        return File.Exists(below) ? below : Path.Combine(folder, name);
    }

    private static int SideOf(OnnxGraph vision)
    {
        var sizes = vision.Inputs[PixelValues].Dimensions;
        if (sizes[2] > 0 && sizes[3] > 0 && sizes[2] != sizes[3]) throw new ModelUnavailableException($"{vision.Path}: '{PixelValues}' is {sizes[3]}x{sizes[2]}, no square");

        return sizes[2] > 0 ? sizes[2] : PublishedSide;
    }

    private static string Past(int layer, string part) => $"past_key_values.{layer}.{part}";

    private IEnumerable<string> Names(string[] parts) => Enumerable.Range(0, Layers).SelectMany(layer => parts.Select(part => $"{layer}.{part}"));
}
