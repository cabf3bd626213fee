using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Speech.Whisper;

/// <summary>Sequences being decoded by an ONNX graph. Keys and values stay in the runtime's memory: a step's outputs are the next one's inputs.</summary>
internal sealed class GraphDecoding : IWhisperDecoding
{
    private readonly OnnxGraph _decoder;
    private readonly WhisperDecoderContract _contract;
    private readonly IGraphSound _sound;
    private readonly bool _withAttention;

    /// <summary>The decoder's own cache by the name of its input.</summary>
    private readonly Dictionary<string, OrtValue> _own = [];

    /// <summary>Projections of the sound by the name of their input, where they belong to this decoding.</summary>
    private readonly Dictionary<string, OrtValue> _projected = [];

    private readonly List<OrtValue> _attention = [];
    private OrtValue? _logits;
    private int _fed;

    public GraphDecoding(OnnxGraph decoder, WhisperDecoderContract contract, IGraphSound sound, bool withAttention)
    {
        _decoder = decoder;
        _contract = contract;
        _sound = sound;
        _withAttention = withAttention;
    }

    public void Step(ReadOnlySpan<long> tokens, int sequences)
    {
        var length = tokens.Length / sequences;
        var isFirst = _fed == 0;
        using var ids = OrtTensors.Empty(TensorElementType.Int64, [sequences, length]);
        tokens.CopyTo(ids.GetTensorMutableDataAsSpan<long>());

        var inputs = new Dictionary<string, OrtValue> { [WhisperDecoderContract.InputIds] = ids };
        var borrowed = new List<OrtValue>();
        try
        {
            AddSwitches(inputs, borrowed, isFirst, length);
            AddCache(inputs, borrowed, isFirst, sequences);

            // A merged graph gives empty projections after the first step: the first step's stay.
            var takesProjections = isFirst && _contract.HasCacheBranch;
            List<string> names = [WhisperDecoderContract.LogitsName, .. _contract.OwnNames.Select(WhisperDecoderContract.Present)];
            if (takesProjections) names.AddRange(_contract.SoundNames.Select(WhisperDecoderContract.Present));
            if (_withAttention) names.AddRange(Enumerable.Range(0, _contract.Layers).Select(WhisperDecoderContract.CrossAttention));

            Keep(_decoder.Run(inputs, names), takesProjections);
        }
        finally
        {
            foreach (var value in borrowed) value.Dispose();
        }

        _fed += length;
    }

    public ReadOnlySpan<float> Logits(int sequence, int position)
    {
        var shape = _logits!.GetTensorTypeAndShape().Shape;
        var (length, vocabulary) = ((int)shape[1], (int)shape[2]);
        return OrtTensors.Floats(_logits, ((sequence * length) + position) * vocabulary, vocabulary);
    }

    public ReadOnlySpan<float> Attention(int layer, int head)
    {
        var shape = _attention[layer].GetTensorTypeAndShape().Shape;
        var size = (int)(shape[2] * shape[3]);
        return OrtTensors.Floats(_attention[layer], head * size, size);
    }

    public void Choose(ReadOnlySpan<int> sources)
    {
        var count = (int)_own.Values.First().GetTensorTypeAndShape().Shape[0];
        if (!IsUnchanged(sources, count)) Replace(_own, sources);

        // All sequences hear the same sound, so only their number matters; our own graphs broadcast it from one.
        if (sources.Length != count && _contract.HasCacheBranch) Replace(_projected, sources);
    }

    public void Dispose()
    {
        foreach (var value in _own.Values.Concat(_projected.Values).Concat(_attention)) value.Dispose();
        _own.Clear();
        _projected.Clear();
        _attention.Clear();
        _logits?.Dispose();
        _logits = null;
    }

    private void AddSwitches(Dictionary<string, OrtValue> inputs, List<OrtValue> borrowed, bool isFirst, int length)
    {
        if (_contract.HasCacheBranch)
        {
            var branch = OrtTensors.Empty(TensorElementType.Bool, [1]);
            branch.GetTensorMutableDataAsSpan<bool>()[0] = !isFirst;
            borrowed.Add(branch);
            inputs.Add(WhisperDecoderContract.CacheBranch, branch);
            inputs.Add(WhisperDecoderContract.HiddenStates, _sound[WhisperDecoderContract.Hidden]);
        }

        if (_contract.HasCachePosition)
        {
            var position = OrtTensors.Empty(TensorElementType.Int64, [length]);
            var positions = position.GetTensorMutableDataAsSpan<long>();
            for (var i = 0; i < length; i++) positions[i] = _fed + i;
            borrowed.Add(position);
            inputs.Add(WhisperDecoderContract.CachePosition, position);
        }
    }

    private void AddCache(Dictionary<string, OrtValue> inputs, List<OrtValue> borrowed, bool isFirst, int sequences)
    {
        foreach (var name in _contract.OwnNames) inputs.Add(WhisperDecoderContract.Past(name), isFirst ? NoPast() : _own[name]);

        foreach (var name in _contract.SoundNames)
        {
            var value = !_contract.HasCacheBranch ? _sound[WhisperDecoderContract.Present(name)] : isFirst ? NoPast() : _projected[name];
            inputs.Add(WhisperDecoderContract.Past(name), value);
        }

        OrtValue NoPast()
        {
            var empty = OrtTensors.Empty(_contract.CacheType, [sequences, _contract.Heads, 0, _contract.HeadSize]);
            borrowed.Add(empty);
            return empty;
        }
    }

    private void Keep(IReadOnlyList<OrtValue> outputs, bool takesProjections)
    {
        _logits?.Dispose();
        _logits = outputs[0];
        var next = 1;
        foreach (var name in _contract.OwnNames) Put(_own, name, outputs[next++]);
        if (takesProjections)
        {
            foreach (var name in _contract.SoundNames) Put(_projected, name, outputs[next++]);
        }

        foreach (var old in _attention) old.Dispose();
        _attention.Clear();
        _attention.AddRange(outputs.Skip(next));
    }

    private static bool IsUnchanged(ReadOnlySpan<int> sources, int count)
    {
        if (sources.Length != count) return false;

        for (var i = 0; i < count; i++)
        {
            if (sources[i] != i) return false;
        }

        return true;
    }

    private static void Replace(Dictionary<string, OrtValue> cache, ReadOnlySpan<int> sources)
    {
        foreach (var name in cache.Keys.ToList()) Put(cache, name, OrtTensors.Rows(cache[name], sources));
    }

    private static void Put(Dictionary<string, OrtValue> cache, string name, OrtValue value)
    {
        if (cache.TryGetValue(name, out var old)) old.Dispose();
        cache[name] = value;
    }
}
