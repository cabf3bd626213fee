namespace Curation.Models.Speech.Whisper;

/// <summary>Groups tokens into words (whisper/tokenizer.py, split_to_word_tokens).</summary>
internal static class WordSplitter
{
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private const char Replacement = '\uFFFD';

    /// <summary>Cuts tokens into words: at blanks and punctuation, or at whole characters in scripts without blanks.</summary>
    public static IReadOnlyList<SplitWord> Split(WhisperTokenizer tokenizer, IReadOnlyList<int> tokens, string? language)
    {
        var characters = AtCharacters(tokenizer, tokens);
        return WhisperLanguages.IsWrittenWithoutBlanks(language) ? characters : AtBlanks(tokenizer, characters);
    }

    private static List<SplitWord> AtCharacters(WhisperTokenizer tokenizer, IReadOnlyList<int> tokens)
    {
        var whole = tokenizer.Decode(tokens);
        var words = new List<SplitWord>();
        var current = new List<int>();
        var offset = 0;
        foreach (var token in tokens)
        {
            current.Add(token);
            var text = tokenizer.Decode(current);
            var broken = text.IndexOf(Replacement, StringComparison.Ordinal);

            // A replacement that is also in the whole text is no cut character but a real flaw: it ends the word too.
            if (broken >= 0 && (offset + broken >= whole.Length || whole[offset + broken] != Replacement)) continue;

            words.Add(new SplitWord(text, [.. current]));
            current.Clear();
            offset += text.Length;
        }

        if (current.Count > 0) words.Add(new SplitWord(tokenizer.Decode(current), current));
        return words;
    }

    private static List<SplitWord> AtBlanks(WhisperTokenizer tokenizer, List<SplitWord> pieces)
    {
        var words = new List<SplitWord>();
        foreach (var piece in pieces)
        {
            var special = piece.Tokens[0] >= tokenizer.Special.EndOfText;
            var trimmed = piece.Text.Trim();
            var punctuation = Punctuation.Contains(trimmed, StringComparison.Ordinal);
            if (words.Count == 0 || special || piece.Text.StartsWith(' ') || punctuation) words.Add(piece);
            else words[^1] = new SplitWord(words[^1].Text + piece.Text, [.. words[^1].Tokens, .. piece.Tokens]);
        }

        return words;
    }
}
