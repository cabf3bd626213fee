namespace Curation.Models.Speech.Whisper;

/// <summary>Follows the likeliest few texts at once (whisper/decoding.py, BeamSearchDecoder; patience as in arXiv 2204.05424).</summary>
internal sealed class BeamSearch : ITokenChooser
{
    private readonly int _beams;
    private readonly int _end;
    private readonly int _wanted;
    private readonly List<Candidate> _finished = [];
    private List<List<int>> _tokens = [[]];
    private List<double> _sums = [0];

    public BeamSearch(int beams, double patience, int end)
    {
        _beams = beams;
        _end = end;
        _wanted = (int)Math.Round(beams * patience);
    }

    public int Sequences => _beams;

    public IReadOnlyList<IReadOnlyList<int>> Present => _tokens;

    public int[] Advance(IReadOnlyList<float[]> logits)
    {
        var candidates = new List<(int Source, int Token, double Sum)>();
        for (var source = 0; source < _tokens.Count; source++)
        {
            var normaliser = LogProbabilities.LogSumExp(logits[source]);
            foreach (var token in Likeliest(logits[source], _beams + 1)) candidates.Add((source, token, _sums[source] + logits[source][token] - normaliser));
        }

        var tokens = new List<List<int>>();
        var sums = new List<double>();
        var sources = new List<int>();
        foreach (var (source, token, sum) in candidates.OrderByDescending(candidate => candidate.Sum))
        {
            if (token == _end)
            {
                if (_finished.Count < _wanted) _finished.Add(new Candidate([.. _tokens[source]], sum));
                continue;
            }

            tokens.Add([.. _tokens[source], token]);
            sums.Add(sum);
            sources.Add(source);
            if (tokens.Count == _beams) break;
        }

        _tokens = tokens;
        _sums = sums;
        return _finished.Count >= _wanted ? [] : [.. sources];
    }

    public IReadOnlyList<Candidate> Finish()
    {
        // Where too few texts came to an end, the likeliest unfinished ones stand in.
        foreach (var i in Enumerable.Range(0, _tokens.Count).OrderByDescending(i => _sums[i]))
        {
            if (_finished.Count >= _beams) break;

            _finished.Add(new Candidate(_tokens[i], _sums[i]));
        }

        return _finished;
    }

    /// <summary>The tokens of the largest logits, largest first; forbidden tokens are never among them.</summary>
    private static List<int> Likeliest(float[] logits, int count)
    {
        var best = new List<int>(count + 1);
        for (var token = 0; token < logits.Length; token++)
        {
            var logit = logits[token];
            if (float.IsNegativeInfinity(logit) || (best.Count == count && logit <= logits[best[^1]])) continue;

            var at = best.FindIndex(other => logits[other] < logit);
            best.Insert(at < 0 ? best.Count : at, token);
            if (best.Count > count) best.RemoveAt(count);
        }

        return best;
    }
}
