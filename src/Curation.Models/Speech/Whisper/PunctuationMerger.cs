namespace Curation.Models.Speech.Whisper;

/// <summary>Joins punctuation to the word it belongs to (whisper/timing.py, merge_punctuations); an emptied word keeps its place and no tokens.</summary>
internal static class PunctuationMerger
{
    private const string Opening = "\"'“¿([{-";
    private const string Closing = "\"'.。,，!！?？:：”)]}、";
    private const string SentenceEnds = ".。!！?？";

    public static bool EndsSentence(string word) => SentenceEnds.Contains(word, StringComparison.Ordinal);

    public static void Merge(IReadOnlyList<AlignedWord> words)
    {
        var (i, j) = (words.Count - 2, words.Count - 1);
        for (; i >= 0; i--)
        {
            var (previous, following) = (words[i], words[j]);
            if (previous.Text.StartsWith(' ') && Opening.Contains(previous.Text.Trim(), StringComparison.Ordinal))
            {
                Move(previous, following, previous.Text + following.Text);
            }
            else
            {
                j = i;
            }
        }

        (i, j) = (0, 1);
        for (; j < words.Count; j++)
        {
            var (previous, following) = (words[i], words[j]);
            if (!previous.Text.EndsWith(' ') && Closing.Contains(following.Text, StringComparison.Ordinal))
            {
                Move(following, previous, previous.Text + following.Text);
            }
            else
            {
                i = j;
            }
        }
    }

    private static void Move(AlignedWord from, AlignedWord to, string text)
    {
        to.Text = text;
        to.Tokens += from.Tokens;
        from.Text = "";
        from.Tokens = 0;
    }
}
