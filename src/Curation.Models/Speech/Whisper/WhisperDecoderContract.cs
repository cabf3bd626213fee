using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Speech.Whisper;

/// <summary>What the two graphs call their inputs and outputs, checked once. Two forms are known: Hugging Face Optimum's merged decoder
/// (<c>use_cache_branch</c> switches between the first step, which projects <c>encoder_hidden_states</c>, and the later ones), and our
/// imported pair, whose encoder gives the projections (<c>present.N.encoder.key</c>) and whose decoder takes a past of length 0.</summary>
internal sealed record WhisperDecoderContract
{
    public const string InputIds = "input_ids";
    public const string HiddenStates = "encoder_hidden_states";
    public const string CacheBranch = "use_cache_branch";
    public const string CachePosition = "cache_position";
    public const string LogitsName = "logits";
    public const string Features = "input_features";
    public const string Hidden = "last_hidden_state";

    public required int Layers { get; init; }

    public required int Heads { get; init; }

    public required int HeadSize { get; init; }

    /// <summary>Type of keys and values: single or half.</summary>
    public required TensorElementType CacheType { get; init; }

    /// <summary>Optimum's merged form.</summary>
    public required bool HasCacheBranch { get; init; }

    public required bool HasCachePosition { get; init; }

    public required bool OffersAttention { get; init; }

    /// <summary>Names of the decoder's own cache without the prefix, such as <c>0.decoder.key</c>.</summary>
    public IReadOnlyList<string> OwnNames => Names("decoder");

    /// <summary>Names of the projected sound without the prefix, such as <c>0.encoder.key</c>.</summary>
    public IReadOnlyList<string> SoundNames => Names("encoder");

    public static string Past(string name) => "past_key_values." + name;

    public static string Present(string name) => "present." + name;

    public static string CrossAttention(int layer) => $"cross_attentions.{layer}";

    public static WhisperDecoderContract Read(OnnxGraph encoder, OnnxGraph decoder)
    {
        Require(encoder.Path, "input", encoder.Inputs, Features);
        Require(encoder.Path, "output", encoder.Outputs, Hidden);
        Require(decoder.Path, "input", decoder.Inputs, InputIds);
        Require(decoder.Path, "output", decoder.Outputs, LogitsName);

        var layers = 0;
        while (decoder.Inputs.ContainsKey(Past($"{layers}.decoder.key"))) layers++;
        if (layers == 0) throw new ModelUnavailableException($"{decoder.Path} has no input '{Past("0.decoder.key")}': a decoder with a key-value cache is needed (decoder_model_merged.onnx); it has {List(decoder.Inputs)}");

        var cache = decoder.Inputs[Past("0.decoder.key")];
        if (cache.Dimensions is not [_, > 0, _, > 0]) throw new ModelUnavailableException($"{decoder.Path}: '{Past("0.decoder.key")}' is [{string.Join(", ", cache.Dimensions)}], expected [batch, heads, length, size] with known heads and size");

        var contract = new WhisperDecoderContract
        {
            Layers = layers,
            Heads = cache.Dimensions[1],
            HeadSize = cache.Dimensions[3],
            CacheType = cache.ElementDataType,
            HasCacheBranch = decoder.Inputs.ContainsKey(CacheBranch),
            HasCachePosition = decoder.Inputs.ContainsKey(CachePosition),
            OffersAttention = Enumerable.Range(0, layers).All(layer => decoder.Outputs.ContainsKey(CrossAttention(layer))),
        };
        contract.CheckCache(encoder, decoder);
        return contract;
    }

    private void CheckCache(OnnxGraph encoder, OnnxGraph decoder)
    {
        if (CacheType is not (TensorElementType.Float or TensorElementType.Float16)) throw new ModelUnavailableException($"{decoder.Path}: the cache holds {CacheType}, expected single or half precision");

        foreach (var name in OwnNames.Concat(SoundNames)) Require(decoder.Path, "input", decoder.Inputs, Past(name));
        foreach (var name in OwnNames) Require(decoder.Path, "output", decoder.Outputs, Present(name));

        if (HasCacheBranch)
        {
            Require(decoder.Path, "input", decoder.Inputs, HiddenStates);
            foreach (var name in SoundNames) Require(decoder.Path, "output", decoder.Outputs, Present(name));
            var (given, taken) = (encoder.Outputs[Hidden].ElementDataType, decoder.Inputs[HiddenStates].ElementDataType);
            if (given != taken) throw new ModelUnavailableException($"{encoder.Path} gives '{Hidden}' as {given}, but {decoder.Path} takes '{HiddenStates}' as {taken}: the two graphs do not belong together");
        }
        else
        {
            foreach (var name in SoundNames) Require(encoder.Path, "output", encoder.Outputs, Present(name));
        }
    }

    private string[] Names(string part) => [.. Enumerable.Range(0, Layers).SelectMany(layer => new[] { $"{layer}.{part}.key", $"{layer}.{part}.value" })];

    private static void Require(string path, string kind, IReadOnlyDictionary<string, NodeMetadata> found, string name)
    {
        if (!found.ContainsKey(name)) throw new ModelUnavailableException($"{path} has no {kind} '{name}'; it has {List(found)}");
    }

    private static string List(IReadOnlyDictionary<string, NodeMetadata> found) => string.Join(", ", found.Keys.Take(12)) + (found.Count > 12 ? " ..." : "");
}
