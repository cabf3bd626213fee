using System.Globalization;
using Curation.Clips;

namespace Curation.Dashboard.Pages.Clips;

/// <summary>How the pages of clips write what rows say.</summary>
internal static class ClipText
{
    /// <summary>The last part of a source's address, as people know it.</summary>
    public static string SourceName(string uri)
    {
        var name = uri.TrimEnd('/');
        name = Uri.UnescapeDataString(name[(name.LastIndexOf('/') + 1)..]);
        return string.Concat(name.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter));
    }

    /// <summary>Seconds with as many decimals as a reader can use.</summary>
    public static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s");

    /// <summary>A time in a source, such as <c>1:02:03.4</c> or <c>0:03.4</c>.</summary>
    public static string Clock(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds + (time.Milliseconds / 1000.0):00.0}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds + (time.Milliseconds / 1000.0):00.0}");

    /// <summary>A kind of sound in words.</summary>
    public static string SplitName(Split? split) => split is { } kind ? Parts.Format.Words(kind.ToName()) : "kind unknown";

    /// <summary>A number of percent for a style.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.###}%");

    /// <summary>A number for an attribute.</summary>
    public static string Plain(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
