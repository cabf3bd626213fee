using Curation.Models.Generation;
using Curation.Models.Speech.Whisper;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Captioning;

/// <summary>One caption being written. Keys and values stay in the runtime's memory: a step's outputs are the next one's inputs.</summary>
internal sealed class FlorenceDecoding : IStepModel
{
    private readonly FlorenceGraphs _graphs;
    private readonly Dictionary<string, OrtValue> _own = [];
    private readonly Dictionary<string, OrtValue> _picture = [];
    private OrtValue _states;
    private OrtValue _mask;
    private int _rows = 1;
    private bool _isFirst = true;

    /// <param name="graphs">The model; stays the caller's.</param>
    /// <param name="states">What the encoder said, one row; belongs to this from now on.</param>
    /// <param name="mask">Its mask, one row; belongs to this from now on.</param>
    public FlorenceDecoding(FlorenceGraphs graphs, OrtValue states, OrtValue mask)
    {
        _graphs = graphs;
        _states = states;
        _mask = mask;
    }

    /// <inheritdoc/>
    public int VocabularySize => _graphs.VocabularySize;

    /// <inheritdoc/>
    public void Advance(ReadOnlySpan<int> tokens, ReadOnlySpan<int> parents, Span<float> logits)
    {
        Continue(parents);
        using var embedded = Embed(tokens);
        using var branch = OrtTensors.Empty(TensorElementType.Bool, [1]);
        branch.GetTensorMutableDataAsSpan<bool>()[0] = !_isFirst;
        using var nothing = OrtTensors.Empty(_graphs.CacheType, [tokens.Length, _graphs.Heads, 0, _graphs.HeadSize]);

        var inputs = new Dictionary<string, OrtValue>
        {
            [FlorenceGraphs.InputsEmbeds] = embedded,
            [FlorenceGraphs.EncoderHiddenStates] = _states,
            [FlorenceGraphs.EncoderAttentionMask] = _mask,
            [FlorenceGraphs.UseCacheBranch] = branch,
        };
        foreach (var name in _graphs.OwnCache) inputs.Add(FlorenceGraphs.Past(name), _isFirst ? nothing : _own[name]);
        foreach (var name in _graphs.PictureCache) inputs.Add(FlorenceGraphs.Past(name), _isFirst ? nothing : _picture[name]);

        // After the first step a merged graph gives nothing useful for picture and prompt: the first step's stay.
        List<string> wanted = [FlorenceGraphs.Logits, .. _graphs.OwnCache.Select(name => FlorenceGraphs.Present(name))];
        if (_isFirst) wanted.AddRange(_graphs.PictureCache.Select(name => FlorenceGraphs.Present(name)));

        var outputs = _graphs.Decoder.Run(inputs, wanted);
        using var scores = outputs[0];
        var next = 1;
        foreach (var name in _graphs.OwnCache) Put(_own, name, outputs[next++]);
        if (_isFirst)
        {
            foreach (var name in _graphs.PictureCache) Put(_picture, name, outputs[next++]);
        }

        _isFirst = false;
        OrtTensors.Floats(scores, 0, logits.Length).CopyTo(logits);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var value in _own.Values.Concat(_picture.Values)) value.Dispose();
        _states.Dispose();
        _mask.Dispose();
    }

    /// <summary>Gives each sequence the memory of the one it continues.</summary>
    private void Continue(ReadOnlySpan<int> parents)
    {
        if (_isFirst)
        {
            if (parents.Length != 1) throw new ArgumentException("The first step has one sequence.", nameof(parents));
            return;
        }

        if (!IsUnchanged(parents)) Choose(_own, parents);
        if (parents.Length == _rows) return;

        // All sequences see the same picture: only their number matters.
        Choose(_picture, parents);
        (_states, var oldStates) = (OrtTensors.Rows(_states, parents), _states);
        (_mask, var oldMask) = (OrtTensors.Rows(_mask, parents), _mask);
        oldStates.Dispose();
        oldMask.Dispose();
        _rows = parents.Length;
    }

    private bool IsUnchanged(ReadOnlySpan<int> parents)
    {
        if (parents.Length != _rows) return false;

        for (var i = 0; i < parents.Length; i++)
        {
            if (parents[i] != i) return false;
        }

        return true;
    }

    private OrtValue Embed(ReadOnlySpan<int> tokens)
    {
        using var input = OrtTensors.Empty(TensorElementType.Int64, [tokens.Length, 1]);
        var ids = input.GetTensorMutableDataAsSpan<long>();
        for (var i = 0; i < ids.Length; i++) ids[i] = tokens[i];

        return _graphs.Tokens.Run(new Dictionary<string, OrtValue> { [FlorenceGraphs.InputIds] = input }, [FlorenceGraphs.InputsEmbeds])[0];
    }

    private static void Choose(Dictionary<string, OrtValue> cache, ReadOnlySpan<int> rows)
    {
        foreach (var name in cache.Keys.ToList()) Put(cache, name, OrtTensors.Rows(cache[name], rows));
    }

    private static void Put(Dictionary<string, OrtValue> cache, string name, OrtValue value)
    {
        if (cache.TryGetValue(name, out var old)) old.Dispose();
        cache[name] = value;
    }
}
