using Curation.Models.Contracts;
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

    private const string Slot = "caption.video";
    private const int PublishedSide = 768;
    private static readonly TensorElementType[] Floats = [TensorElementType.Float, TensorElementType.Float16];
    private static readonly int[] TwoSizes = [PortFinder.Any, PortFinder.Any];
    private static readonly int[] ThreeSizes = [PortFinder.Any, PortFinder.Any, PortFinder.Any];
    private static readonly int[] FourSizes = [PortFinder.Any, PortFinder.Any, PortFinder.Any, PortFinder.Any];
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
        var (picture, words, states) = (new PortFinder(vision, Slot), new PortFinder(tokens, Slot), new PortFinder(encoder, Slot));
        var text = new PortFinder(decoder, Slot);
        var pixels = picture.Input([PixelValues], [PortFinder.Any, 3, PortFinder.Any, PortFinder.Any], Floats);
        (PixelType, Side) = (pixels.Type, pixels.Size(2, PublishedSide));
        picture.Output([ImageFeatures], ThreeSizes);
        words.Input([InputIds], TwoSizes, TensorElementType.Int64);
        words.Output([InputsEmbeds], ThreeSizes);
        EmbeddingType = states.Input([InputsEmbeds], ThreeSizes, Floats).Type;
        states.Input([AttentionMask], TwoSizes, TensorElementType.Int64);
        states.Output([LastHiddenState], ThreeSizes);
        text.Input([InputsEmbeds], ThreeSizes, Floats);
        text.Input([EncoderHiddenStates], ThreeSizes, Floats);
        text.Input([EncoderAttentionMask], TwoSizes, TensorElementType.Int64);
        text.Input([UseCacheBranch], [PortFinder.Any], TensorElementType.Bool);
        VocabularySize = text.Output([Logits], ThreeSizes).Size(2, 0);
        if (VocabularySize == 0) throw new ModelUnavailableException($"slot {Slot}: {decoder.Path} leaves the last size of '{Logits}' open, so the number of tokens is not known");

        var cache = text.Input([Past("0." + Parts[0])], FourSizes, Floats);
        (CacheType, Heads, HeadSize) = (cache.Type, cache.Size(1, 0), cache.Size(3, 0));
        if (Heads == 0 || HeadSize == 0) throw new ModelUnavailableException($"slot {Slot}: {decoder.Path} leaves the number or size of its heads open in '{cache.Name}'");

        while (decoder.Inputs.ContainsKey(Past($"{Layers}.{Parts[0]}"))) Layers++;
        foreach (var name in OwnCache.Concat(PictureCache))
        {
            text.Input([Past(name)], [PortFinder.Any, Heads, PortFinder.Any, HeadSize], CacheType);
            text.Output([Present(name)], FourSizes);
        }
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

    internal static string Past(string name) => "past_key_values." + name;

    internal static string Present(string name) => "present." + name;

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

    private IEnumerable<string> Names(string[] parts) => Enumerable.Range(0, Layers).SelectMany(layer => parts.Select(part => $"{layer}.{part}"));
}
