using System.Globalization;
using System.Text;

namespace Klear.Model.Text;

/// <summary>Splits captions of any language into words, the same on every machine: it asks Unicode's categories only, no locale.</summary>
internal static class CaptionWords
{
    /// <summary>Letters of a word at most; what is longer is cut. Scripts without blanks, such as Thai, make such runs.</summary>
    public const int MaxLetters = 32;

    private const char Apostrophe = '\'';

    /// <summary>A caption's words in their order.</summary>
    /// <param name="text">A caption. It is not normalised: composed and decomposed accents differ.</param>
    /// <returns>
    /// Runs of letters with their marks and inner apostrophes, in lower case; runs of digits, in ASCII; each Han and Kana character
    /// and each pictogram by itself. Punctuation and blanks separate and are left out.
    /// </returns>
    public static IEnumerable<string> Split(string text)
    {
        var word = new StringBuilder();
        var letters = 0;
        var (digits, apostrophe) = (false, false);
        foreach (var rune in text.EnumerateRunes())
        {
            var kind = KindOf(rune);
            if (kind == WordPart.Apostrophe && letters > 0 && !digits && !apostrophe)
            {
                apostrophe = true;
                continue;
            }

            var goesOn = letters is > 0 and < MaxLetters && (kind == WordPart.Mark || (kind == WordPart.Letter && !digits) || (kind == WordPart.Digit && digits));
            if (!goesOn && letters > 0)
            {
                yield return word.ToString();
                word.Clear();
                (letters, apostrophe) = (0, false);
            }

            if (kind is WordPart.None or WordPart.Apostrophe || (kind == WordPart.Mark && !goesOn)) continue;
            if (kind == WordPart.Whole)
            {
                yield return rune.ToString();
                continue;
            }

            if (apostrophe) word.Append(Apostrophe);
            (apostrophe, digits) = (false, digits && goesOn || kind == WordPart.Digit);
            if (kind == WordPart.Digit) word.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
            else word.Append(Rune.ToLowerInvariant(rune).ToString());
            letters++;
        }

        if (letters > 0) yield return word.ToString();
    }

    private static WordPart KindOf(Rune rune)
    {
        if (rune.Value is Apostrophe or 0x2019) return WordPart.Apostrophe;
        if (IsIdeographic(rune.Value)) return WordPart.Whole;

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => WordPart.Letter,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => WordPart.Mark,
            UnicodeCategory.DecimalDigitNumber => WordPart.Digit,
            UnicodeCategory.OtherSymbol or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => WordPart.Whole,
            _ => WordPart.None,
        };
    }

    // Han and Kana are written without blanks. Hangul is not among them: Korean has blanks.
    private static bool IsIdeographic(int value) => value is
        (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF)
        or (>= 0x3041 and <= 0x3096) or (>= 0x30A1 and <= 0x30FA) or (>= 0x30FC and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF) or (>= 0xFF66 and <= 0xFF9D)
        or 0x3005 or 0x3007;

    private enum WordPart
    {
        None,
        Letter,
        Mark,
        Digit,
        Apostrophe,
        Whole,
    }
}
