using System.Text;

namespace Curation.Models.Endpoints;

/// <summary>Wraps text that strangers wrote or said, so that a model can tell it from what it is told to do.</summary>
internal static class DataFence
{
    private const string Open = "<<<";
    private const string Close = ">>>";

    /// <summary>The text between two fences that it cannot contain, without invisible characters.</summary>
    public static string Around(string data, string binding)
    {
        var clean = new StringBuilder(data.Length);
        foreach (var c in data)
        {
            // Invisible and direction-changing characters hide instructions from those who check them.
            if (c is '\n' || (!char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format)) clean.Append(c);
            else clean.Append(' ');
        }

        clean.Replace(Open, "(((").Replace(Close, ")))").Replace(binding, "(...)");
        return $"{Open}DATA {binding}\n{clean}\nDATA {binding}{Close}";
    }
}
