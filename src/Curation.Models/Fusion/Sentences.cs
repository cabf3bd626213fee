using System.Text.RegularExpressions;

namespace Curation.Models.Fusion;

/// <summary>Takes prose apart into sentences and sentences into words.</summary>
internal static partial class Sentences
{
    private static readonly HashSet<string> Fillers = new(StringComparer.Ordinal)
    {
        "a", "an", "the", "and", "or", "of", "in", "on", "at", "to", "with", "by", "for", "from", "as", "is", "are", "was", "were", "be", "been", "being",
        "it", "its", "this", "that", "these", "those", "there", "which", "who", "while", "then", "also", "some", "into", "over", "their", "his", "her",
        "video", "clip", "scene", "sound", "sounds", "heard", "seen", "shows", "features", "has", "have", "can",
    };

    /// <summary>The sentences of a text, each ended by a full stop, question or exclamation mark.</summary>
    public static IEnumerable<string> Split(string text)
    {
        foreach (var part in Border().Split(text.ReplaceLineEndings(" ").Trim()))
        {
            var sentence = part.Trim();
            if (sentence.Length == 0) continue;

            yield return sentence[^1] is '.' or '!' or '?' or '"' or '\u201D' ? sentence : sentence + ".";
        }
    }

    /// <summary>All words in lower case.</summary>
    public static IEnumerable<string> Words(string text) => Word().Matches(text).Select(match => match.Value.ToLowerInvariant());

    /// <summary>Words that carry meaning, without endings.</summary>
    public static HashSet<string> Content(string text) => [.. Words(text).Where(word => !Fillers.Contains(word)).Select(Stem)];

    /// <summary>A word without the commonest English endings: enough to see that barks and barking are the same.</summary>
    public static string Stem(string word)
    {
        foreach (var ending in (ReadOnlySpan<string>)["ing", "ies", "es", "ed", "s"])
        {
            if (word.Length < ending.Length + 3 || !word.EndsWith(ending, StringComparison.Ordinal)) continue;

            var stem = word[..^ending.Length];
            if (stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'z' or 'e' or 'o')) stem = stem[..^1];
            return stem.TrimEnd('e');
        }

        return word.Length > 3 ? word.TrimEnd('e') : word;
    }

    // Not after an initial or a common abbreviation, not inside a number.
    [GeneratedRegex("""(?<!\b(?:Mr|Mrs|Ms|Dr|St|vs|approx|e\.g|i\.e|[A-Z]))(?<=[.!?]["”’')]?)\s+(?=["“‘'(]?[\p{Lu}\p{Lo}\d])""", RegexOptions.CultureInvariant)]
    private static partial Regex Border();

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:['’][\p{L}]+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
