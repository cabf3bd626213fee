using System.Globalization;
using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime;

namespace Curation.Models.Speech.Whisper;

/// <summary>A Whisper model as two ONNX graphs. Several threads may use it at once.</summary>
public sealed class WhisperGraphs : IWhisperModel
{
    private readonly OnnxGraph _encoder;
    private readonly OnnxGraph _decoder;
    private readonly WhisperDecoderContract _contract;

    private WhisperGraphs(OnnxGraph encoder, OnnxGraph decoder, WhisperDecoderContract contract, WhisperConfig config)
    {
        _encoder = encoder;
        _decoder = decoder;
        _contract = contract;
        Dimensions = ReadDimensions(encoder, decoder, config);
        AlignmentHeads = Heads(decoder, contract, config);
    }

    /// <summary>Sizes that decoding needs.</summary>
    public WhisperDimensions Dimensions { get; }

    /// <summary>Heads whose cross-attention gives word times.</summary>
    public IReadOnlyList<AlignmentHead> AlignmentHeads { get; }

    /// <summary>Whether the decoder has the outputs <c>cross_attentions.N</c>; without them word times are interpolated.</summary>
    public bool OffersAttention => _contract.OffersAttention;

    /// <summary>Takes two opened graphs and checks that they fit each other. It does not own them.</summary>
    /// <param name="encoder">encoder_model.onnx.</param>
    /// <param name="decoder">decoder_model_merged.onnx.</param>
    /// <param name="config">What the graphs may leave open; null reads config.json and generation_config.json beside the encoder.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ModelUnavailableException">An input or output is missing or has another shape; the message names it.</exception>
    public static WhisperGraphs Create(OnnxGraph encoder, OnnxGraph decoder, WhisperConfig? config = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(decoder);
        config ??= WhisperConfig.Read(Path.GetDirectoryName(Path.GetFullPath(encoder.Path))!);
        return new WhisperGraphs(encoder, decoder, WhisperDecoderContract.Read(encoder, decoder), config);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The graphs belong to whoever opened them.
    }

    IWhisperSound IWhisperModel.Encode(ReadOnlySpan<float> mel)
    {
        long[] shape = [1, Dimensions.MelBands, WhisperDimensions.WindowFrames];
        if (mel.Length != shape[1] * shape[2]) throw new ArgumentException($"the picture has {mel.Length} values, a window has {shape[1]} x {shape[2]}", nameof(mel));

        using var features = OrtTensors.FromFloats(mel, shape, _encoder.Inputs[WhisperDecoderContract.Features].ElementDataType);
        string[] names = _contract.HasCacheBranch ? [WhisperDecoderContract.Hidden] : [WhisperDecoderContract.Hidden, .. _contract.SoundNames.Select(WhisperDecoderContract.Present)];
        var values = _encoder.Run(new Dictionary<string, OrtValue> { [WhisperDecoderContract.Features] = features }, names);
        return new WhisperSound(names.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    IWhisperDecoding IWhisperModel.Begin(IWhisperSound sound, bool withAttention)
    {
        if (withAttention && !OffersAttention) throw new InvalidOperationException($"{_decoder.Path} has no outputs cross_attentions.N");

        return new GraphDecoding(_decoder, _contract, (IGraphSound)sound, withAttention);
    }

    private static WhisperDimensions ReadDimensions(OnnxGraph encoder, OnnxGraph decoder, WhisperConfig config)
    {
        var logits = decoder.Outputs[WhisperDecoderContract.LogitsName].Dimensions;
        var vocabulary = logits is [_, _, > 0] ? logits[2] : config.VocabularySize;
        if (vocabulary is null) throw new ModelUnavailableException($"{decoder.Path}: 'logits' is [{string.Join(", ", logits)}], which leaves the vocabulary open, and config.json beside it does not say vocab_size");

        var features = encoder.Inputs[WhisperDecoderContract.Features].Dimensions;
        if (features.Length != 3) throw new ModelUnavailableException($"{encoder.Path}: 'input_features' is [{string.Join(", ", features)}], expected [batch, bands, 3000]");
        if (features[2] is > 0 and not WhisperDimensions.WindowFrames) throw new ModelUnavailableException($"{encoder.Path}: 'input_features' is [{string.Join(", ", features)}], expected [batch, bands, {WhisperDimensions.WindowFrames}]");

        // Only large-v3 and its children have 51866 tokens, and only they take 128 bands.
        var bands = features[1] > 0 ? features[1] : config.MelBands ?? (vocabulary == 51866 ? 128 : 80);
        var hidden = encoder.Outputs[WhisperDecoderContract.Hidden].Dimensions;
        return new WhisperDimensions(bands, vocabulary.Value, hidden is [_, > 0, _] ? hidden[1] : 1500, config.TextPositions ?? 448);
    }

    private static AlignmentHead[] Heads(OnnxGraph decoder, WhisperDecoderContract contract, WhisperConfig config)
    {
        foreach (var head in config.AlignmentHeads)
        {
            if (head.Layer < 0 || head.Layer >= contract.Layers || head.Head < 0 || head.Head >= contract.Heads)
            {
                throw new ModelUnavailableException(string.Create(CultureInfo.InvariantCulture, $"alignment head ({head.Layer}, {head.Head}) is not in {decoder.Path}, which has {contract.Layers} layers of {contract.Heads} heads"));
            }
        }

        if (config.AlignmentHeads.Count > 0) return [.. config.AlignmentHeads];

        return [.. from layer in Enumerable.Range(contract.Layers / 2, contract.Layers - (contract.Layers / 2)) from head in Enumerable.Range(0, contract.Heads) select new AlignmentHead(layer, head)];
    }

    /// <summary>Outputs of the encoder, kept as the runtime's own memory.</summary>
    private sealed class WhisperSound(IReadOnlyDictionary<string, OrtValue> values) : IGraphSound
    {
        public OrtValue this[string name] => values[name];

        public void Dispose()
        {
            foreach (var value in values.Values) value.Dispose();
        }
    }
}
