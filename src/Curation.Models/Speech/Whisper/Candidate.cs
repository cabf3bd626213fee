namespace Curation.Models.Speech.Whisper;

/// <summary>A sampled text.</summary>
/// <param name="Tokens">Tokens without the end.</param>
/// <param name="LogProbability">Sum of natural-log probabilities, the end's included where it was reached.</param>
internal sealed record Candidate(IReadOnlyList<int> Tokens, double LogProbability)
{
    /// <summary>What candidates are ranked by: the log probability a token, or Google's length penalty.</summary>
    public double Score(double? lengthPenalty)
    {
        // An empty text has no length to divide by; upstream fails there, we count it as one token.
        var length = Math.Max(Tokens.Count, 1);
        return LogProbability / (lengthPenalty is { } alpha ? Math.Pow((5 + length) / 6.0, alpha) : length);
    }
}
