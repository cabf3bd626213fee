using System.Text;

namespace Curation.Models.Speech.SenseVoice;

/// <summary>Joins SentencePiece pieces to words: "▁" is a blank and begins a word, an ideograph is a word of its own, punctuation stays with the word before it.</summary>
internal static class PieceJoiner
{
    private const char Blank = '▁';

    /// <summary>Joins pieces.</summary>
    /// <param name="pieces">Pieces in order of time.</param>
    /// <returns>Words, each with the blank before it where there was one.</returns>
    public static List<TranscriptWord> Words(IEnumerable<TimedPiece> pieces)
    {
        var words = new List<OpenWord>();
        var blank = false;
        foreach (var piece in pieces)
        {
            var text = piece.Text.TrimStart(Blank).Replace(Blank, ' ');
            blank |= piece.Text.StartsWith(Blank);
            if (text.Length == 0) continue;

            if (words.Count > 0 && !Begins(text, blank, words[^1])) words[^1].Add(text, piece);
            else words.Add(new OpenWord((blank ? " " : "") + text, piece));
            blank = false;
        }

        return [.. words.Select(word => word.Close())];
    }

    private static bool Begins(string text, bool blank, OpenWord before)
    {
        if (!text.EnumerateRunes().Any(CharacterKinds.IsSpoken)) return blank && !before.IsSpoken;
        if (blank || !before.IsSpoken) return true;

        return CharacterKinds.IsIdeographic(Rune.GetRuneAt(text, 0)) || before.EndsWithIdeograph;
    }

    private sealed class OpenWord(string text, TimedPiece first)
    {
        private readonly StringBuilder _text = new(text);
        private double _end = first.End;
        private double _sum = first.Probability;
        private int _count = 1;

        public bool IsSpoken => _text.ToString().EnumerateRunes().Any(CharacterKinds.IsSpoken);

        public bool EndsWithIdeograph => CharacterKinds.IsIdeographic(_text.ToString().EnumerateRunes().Last());

        public void Add(string text, TimedPiece piece)
        {
            _text.Append(text);
            _end = Math.Max(_end, piece.End);
            _sum += piece.Probability;
            _count++;
        }

        public TranscriptWord Close() => new(_text.ToString(), first.Start, _end, _sum / _count, WordTiming.Aligned);
    }
}
