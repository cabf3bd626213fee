using System.Globalization;
using System.Text;

namespace Curation.Models.Speech.Agreement;

/// <summary>Breaks transcripts into units that can be compared: case and punctuation go, CJK is taken by character, numerals stay as written.</summary>
internal static class TranscriptUnits
{
    /// <summary>Units of a transcript.</summary>
    /// <param name="transcript">Any model's answer.</param>
    /// <returns>Units in order.</returns>
    public static List<SpokenUnit> Of(Transcript transcript)
    {
        var units = new List<SpokenUnit>();
        foreach (var segment in transcript.Segments)
        {
            foreach (var word in segment.Words.Count > 0 ? segment.Words : Interpolated(segment)) Split(word, units);
        }

        return units;
    }

    /// <remarks>Words without times share their segment by their lengths.</remarks>
    private static IEnumerable<TranscriptWord> Interpolated(TranscriptSegment segment)
    {
        var texts = segment.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var perCharacter = (segment.End - segment.Start) / Math.Max(1, texts.Sum(text => text.Length));
        var start = segment.Start;
        foreach (var text in texts)
        {
            var end = start + (text.Length * perCharacter);
            yield return new TranscriptWord(" " + text, start, end, segment.AverageLogProbability is { } log ? Math.Exp(log) : null, WordTiming.Interpolated);
            start = end;
        }
    }

    /// <remarks>
    /// A run of ideographs gives one unit each, a hyphen parts two. What is not spoken stays with the unit before it, or
    /// leads the next one. A point between digits counts ("3.5" is not "35"), a comma does not ("1,000" is "1000").
    /// </remarks>
    private static void Split(TranscriptWord word, List<SpokenUnit> units)
    {
        var parts = new List<(StringBuilder Key, StringBuilder Text, bool Ideograph)>();
        var lead = new StringBuilder();
        var parted = false;
        Rune[] runes = [.. word.Text.EnumerateRunes()];
        for (var i = 0; i < runes.Length; i++)
        {
            var rune = runes[i];
            if (!CharacterKinds.IsSpoken(rune))
            {
                (parts.Count > 0 ? parts[^1].Text : lead).Append(rune);
                parted |= Rune.GetUnicodeCategory(rune) is UnicodeCategory.DashPunctuation || Rune.IsWhiteSpace(rune);
                if (rune.Value == '.' && i > 0 && i + 1 < runes.Length && Rune.IsDigit(runes[i - 1]) && Rune.IsDigit(runes[i + 1])) parts[^1].Key.Append('.');
                continue;
            }

            var ideograph = CharacterKinds.IsIdeographic(rune);
            if (parts.Count == 0 || ideograph || parts[^1].Ideograph || parted)
            {
                parts.Add((new StringBuilder(), new StringBuilder().Append(lead), ideograph));
                lead.Clear();
                parted = false;
            }

            parts[^1].Key.Append(Folded(rune));
            parts[^1].Text.Append(rune);
        }

        if (parts.Count == 0)
        {
            if (units.Count > 0) units[^1] = units[^1] with { Text = units[^1].Text + lead };
            return;
        }

        var step = (word.End - word.Start) / parts.Count;
        for (var i = 0; i < parts.Count; i++)
        {
            units.Add(new SpokenUnit(parts[i].Key.ToString(), parts[i].Text.ToString(), word.Start + (i * step), word.Start + ((i + 1) * step), word.Probability, word.Timing));
        }
    }

    /// <summary>Lower case and half width: full-width letters and digits lie 0xFEE0 above ASCII.</summary>
    private static Rune Folded(Rune rune) => Rune.ToLowerInvariant(rune.Value is >= 0xFF01 and <= 0xFF5E ? new Rune(rune.Value - 0xFEE0) : rune);
}
