namespace Curation.Models.Speech.Whisper;

/// <summary>Tokens that start speaker tags, sound descriptions and notes: <c>♪♪♪</c>, <c>( APPLAUSE )</c>, <c>[DAVID]</c>.
/// Usual punctuation stays allowed, hyphens and quotes too unless they begin a word (whisper/tokenizer.py, non_speech_tokens).</summary>
internal static class NonSpeechTokens
{
    private const string Symbols = "\"#()*+/:;<=>@[\\]^_`{|}~「」『』";
    private const string Notes = "♩♪♫♬♭♮♯";

    private static readonly string[] Groups =
    [
        "<<", ">>", "<<<", ">>>", "--", "---", "-(", "-[", "('", "(\"", "((", "))", "(((", ")))", "[[", "]]", "{{", "}}", "♪♪", "♪♪♪",
    ];

    public static IReadOnlyList<int> Of(Func<string, IReadOnlyList<int>> encode)
    {
        var suppressed = new SortedSet<int> { encode(" -")[0], encode(" '")[0] };
        foreach (var symbol in Symbols.Select(letter => letter.ToString()).Concat(Groups))
        {
            foreach (var tokens in new[] { encode(symbol), encode(" " + symbol) })
            {
                if (tokens.Count == 1) suppressed.Add(tokens[0]);
            }
        }

        // Notes may need several tokens; the first stands for U+2640 to U+267F only, so it can go.
        foreach (var note in Notes)
        {
            suppressed.Add(encode(note.ToString())[0]);
            suppressed.Add(encode(" " + note)[0]);
        }

        return [.. suppressed];
    }
}
