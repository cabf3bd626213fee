namespace Curation.Models.Generation;

/// <summary>The best texts that have ended.</summary>
internal sealed class FinishedBeams(GenerationOptions options)
{
    private readonly List<(Beam Beam, double Score)> _beams = [];

    /// <summary>How many there are.</summary>
    public int Count => _beams.Count;

    /// <summary>The best one, without the start token.</summary>
    public GeneratedTokens Best
    {
        get
        {
            var best = _beams.MaxBy(entry => entry.Score).Beam;
            return new GeneratedTokens(best.Tokens[1..], best.LogProbability);
        }
    }

    /// <summary>Adds one where it is among the best.</summary>
    public void Add(Beam beam)
    {
        _beams.Add((beam, Score(beam.LogProbability, beam.Tokens.Count - 1)));
        if (_beams.Count > options.Beams) _beams.Remove(_beams.MinBy(entry => entry.Score));
    }

    /// <summary>Whether going on could not change the best text.</summary>
    /// <param name="bestOpen">Log-probability of the best open sequence; null where none is open.</param>
    /// <param name="length">Tokens written so far.</param>
    public bool IsDone(double? bestOpen, int length)
    {
        if (_beams.Count < options.Beams) return bestOpen is null && _beams.Count > 0;

        return options.EarlyStopping || bestOpen is not { } open || _beams.Min(entry => entry.Score) >= Score(open, length);
    }

    private double Score(double logProbability, int length) => logProbability / Math.Pow(length, options.LengthPenalty);
}
