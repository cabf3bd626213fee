using System.Text;

namespace Curation.Silo.Following;

/// <summary>A source's name for a terminal. File names are hostile: control characters are shown, never sent.</summary>
internal static class DisplayName
{
    private const int Longest = 80;

    /// <summary>The last part of an address, unescaped, with control characters replaced.</summary>
    public static string Of(string uri)
    {
        var name = Uri.UnescapeDataString(uri[(uri.LastIndexOf('/') + 1)..]);
        if (name.Length == 0) name = uri;

        var shown = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if (shown.Length >= Longest)
            {
                shown.Append('…');
                break;
            }

            shown.Append(Rune.IsControl(rune) ? "\uFFFD" : rune.ToString());
        }

        return shown.ToString();
    }
}
