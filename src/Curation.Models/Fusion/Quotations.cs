using System.Text.RegularExpressions;

namespace Curation.Models.Fusion;

/// <summary>Words in quotation marks: they may come from the transcript only.</summary>
internal static partial class Quotations
{
    /// <summary>The first quotation in a text that does not stand in the transcript; null where all do.</summary>
    public static string? FirstInvented(string text, string transcript)
    {
        var said = $" {string.Join(' ', Sentences.Words(transcript))} ";
        foreach (Match match in Quotation().Matches(text))
        {
            var words = string.Join(' ', Sentences.Words(match.Groups[1].Value));
            if (words.Length > 0 && !said.Contains($" {words} ", StringComparison.Ordinal)) return match.Groups[1].Value;
        }

        return null;
    }

    /// <summary>A text without its quotations: what is said in them is no claim about the clip.</summary>
    public static string Without(string text) => Quotation().Replace(text, "\"\"");

    [GeneratedRegex("""["“”„«]([^"“”«»]*)["“”»]""", RegexOptions.CultureInvariant)]
    private static partial Regex Quotation();
}
