namespace Curation.Models.Fusion;

/// <summary>How far a sentence rests on the notes it cites.</summary>
internal static class Grounding
{
    // Share of a sentence's words that its notes must hold; leaves room to say things in other words. Uncalibrated.
    private const double Least = 0.5;
    private const int FewestWords = 3;

    // Who speaks is checked against the facts, in whatever words.
    private static readonly HashSet<string> CheckedElsewhere = [.. "woman women man men female male girl boy person people voice speaker speak speaks spoken say says sing sings singer he she they".Split(' ').Select(Sentences.Stem)];

    /// <summary>Words of a sentence that none of its notes holds, where they are too many; null where the sentence rests on its notes.</summary>
    /// <param name="sentence">What is claimed; what it quotes is checked against the transcript, not here.</param>
    /// <param name="notes">The notes it cites; what they quote supports nothing but quotations.</param>
    public static string? Missing(string sentence, IEnumerable<string> notes)
    {
        var words = Sentences.Content(Quotations.Without(sentence));
        words.ExceptWith(CheckedElsewhere);
        if (words.Count < FewestWords) return null;

        var held = Sentences.Content(Quotations.Without(string.Join(' ', notes)));
        var missing = words.Where(word => !held.Contains(word)).ToList();
        return words.Count - missing.Count >= Least * words.Count ? null : string.Join(", ", missing);
    }
}
