namespace Curation.Models.Generation;

/// <summary>A text in tokens.</summary>
/// <param name="Tokens">After the start token, the end token included where it was reached.</param>
/// <param name="LogProbability">Natural logarithm of the tokens' joint probability, tokens that were forced left out; at most 0.</param>
public sealed record GeneratedTokens(IReadOnlyList<int> Tokens, double LogProbability)
{
    /// <summary>Geometric mean of the tokens' probabilities, 0..1: how sure the model was of its words.</summary>
    public double MeanProbability => Tokens.Count == 0 ? 0 : Math.Exp(LogProbability / Tokens.Count);
}
