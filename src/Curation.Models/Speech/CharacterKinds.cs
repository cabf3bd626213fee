using System.Globalization;
using System.Text;

namespace Curation.Models.Speech;

/// <summary>Kinds of characters that decide where words begin.</summary>
internal static class CharacterKinds
{
    /// <summary>Whether a character is a word of its own: Han, Hiragana and Katakana are written without blanks. Hangul is not among them: Korean has blanks.</summary>
    /// <param name="rune">A character.</param>
    /// <returns>True for CJK characters.</returns>
    public static bool IsIdeographic(Rune rune) => rune.Value is
        (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) // Han
        or (>= 0x3041 and <= 0x309F) or (>= 0x30A1 and <= 0x30FA) or (>= 0x30FC and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF) or (>= 0xFF66 and <= 0xFF9F) // Kana
        or 0x3005 or 0x3007;

    /// <summary>Whether a character belongs to a spoken word: letters, marks and digits, not punctuation, symbols or blanks.</summary>
    /// <param name="rune">A character.</param>
    /// <returns>True where it is spoken.</returns>
    public static bool IsSpoken(Rune rune) => Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
