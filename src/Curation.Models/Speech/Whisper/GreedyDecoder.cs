using System.Numerics.Tensors;

namespace Curation.Models.Speech.Whisper;

/// <summary>Takes the likeliest token, or samples independent sequences at a temperature.</summary>
internal sealed class GreedyDecoder : ITokenChooser
{
    private readonly double _temperature;
    private readonly int _end;
    private readonly Random _random;
    private readonly List<int>[] _tokens;
    private readonly double[] _sums;
    private readonly bool[] _ended;

    /// <param name="temperature">0 for the likeliest token.</param>
    /// <param name="sequences">Independent samples; 1 at temperature 0.</param>
    /// <param name="end">The token that ends a text.</param>
    /// <param name="seed">Seed of the sampling.</param>
    public GreedyDecoder(double temperature, int sequences, int end, int seed)
    {
        _temperature = temperature;
        _end = end;
        _random = new Random(seed);
        _tokens = [.. Enumerable.Range(0, sequences).Select(_ => new List<int>())];
        _sums = new double[sequences];
        _ended = new bool[sequences];
    }

    public int Sequences => _tokens.Length;

    public IReadOnlyList<IReadOnlyList<int>> Present => _tokens;

    public int[] Advance(IReadOnlyList<float[]> logits)
    {
        for (var i = 0; i < _tokens.Length; i++)
        {
            // The first step feeds one sequence for all.
            var own = logits[Math.Min(i, logits.Count - 1)];
            if (_ended[i])
            {
                _tokens[i].Add(_end);
                continue;
            }

            var token = _temperature == 0 ? TensorPrimitives.IndexOfMax<float>(own) : Sample(own);
            _sums[i] += own[token] - LogProbabilities.LogSumExp(own);
            _tokens[i].Add(token);
            _ended[i] = token == _end;
        }

        return _ended.All(ended => ended) ? [] : [.. Enumerable.Range(0, _tokens.Length).Select(i => Math.Min(i, logits.Count - 1))];
    }

    public IReadOnlyList<Candidate> Finish()
    {
        return [.. _tokens.Select((tokens, i) => new Candidate([.. tokens.TakeWhile(token => token != _end)], _sums[i]))];
    }

    /// <summary>Draws from softmax(logits / temperature) by inverting its sum.</summary>
    private int Sample(ReadOnlySpan<float> logits)
    {
        var max = TensorPrimitives.Max(logits);
        var total = 0.0;
        for (var i = 0; i < logits.Length; i++) total += Math.Exp((logits[i] - max) / _temperature);

        var target = _random.NextDouble() * total;
        var last = -1;
        for (var i = 0; i < logits.Length; i++)
        {
            var share = Math.Exp((logits[i] - max) / _temperature);
            if (share == 0) continue;

            last = i;
            target -= share;
            if (target < 0) break;
        }

        return last;
    }
}
