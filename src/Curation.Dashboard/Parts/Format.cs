using System.Globalization;
using Curation.Clips.Measuring;

namespace Curation.Dashboard.Parts;

/// <summary>How the pages write numbers: the same everywhere, and never with a culture of the machine.</summary>
public static class Format
{
    private const double Kibi = 1024;

    private static readonly string[] ByteUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>A whole number with thousands apart.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Such as <c>1,234</c>.</returns>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>So many of something.</summary>
    /// <param name="value">How many.</param>
    /// <param name="thing">What, for one of them; an s makes it several.</param>
    /// <returns>Such as <c>1 source</c> or <c>2 sources</c>.</returns>
    public static string Many(long value, string thing) => value == 1 ? $"1 {thing}" : $"{Count(value)} {thing}s";

    /// <summary>A share of a whole.</summary>
    /// <param name="part">The part.</param>
    /// <param name="whole">The whole.</param>
    /// <returns>Such as <c>12.5 %</c>; a dash where the whole is 0.</returns>
    public static string Share(double part, double whole) => whole > 0 ? string.Create(CultureInfo.InvariantCulture, $"{100 * part / whole:0.#} %") : "–";

    /// <summary>A number with so many significant decimals as a reader can use.</summary>
    /// <param name="value">The number; null for unmeasured.</param>
    /// <returns>Such as <c>0.123</c>; a dash for none.</returns>
    public static string Number(double? value) => value is { } number ? number.ToString(Math.Abs(number) >= 100 ? "N0" : Math.Abs(number) >= 10 ? "0.#" : "0.###", CultureInfo.InvariantCulture) : "–";

    /// <summary>A rate, as rough as a rate is.</summary>
    /// <param name="value">The rate; null for unknown.</param>
    /// <returns>Such as <c>8.1</c>; a dash for unknown.</returns>
    public static string Rate(double? value) => value is { } rate ? rate.ToString(Math.Abs(rate) >= 100 ? "N0" : Math.Abs(rate) >= 1 ? "0.0" : "0.##", CultureInfo.InvariantCulture) : "–";

    /// <summary>Hours of media.</summary>
    /// <param name="hours">Hours.</param>
    /// <returns>Minutes or seconds where it is less.</returns>
    public static string Hours(double hours) => hours switch
    {
        >= 1 => string.Create(CultureInfo.InvariantCulture, $"{hours:#,0.#} h"),
        >= 1.0 / 60 => string.Create(CultureInfo.InvariantCulture, $"{hours * 60:0.#} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{hours * 3600:0} s"),
    };

    /// <summary>A span of time in its two largest units.</summary>
    /// <param name="span">The span.</param>
    /// <returns>Such as <c>2 h 05 min</c>.</returns>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} d {span.Hours} h"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes:00} min"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min {span.Seconds:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, span.TotalSeconds):0} s"),
    };

    /// <summary>Bytes in the unit that fits.</summary>
    /// <param name="bytes">Bytes.</param>
    /// <returns>Such as <c>3.4 GiB</c>.</returns>
    public static string Bytes(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        while (Math.Abs(value) >= Kibi && unit < ByteUnits.Length - 1) (value, unit) = (value / Kibi, unit + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {ByteUnits[unit]}");
    }

    /// <summary>A moment on a clock, with its offset where that is not UTC.</summary>
    /// <param name="local">The moment on the reader's clock.</param>
    /// <param name="seconds">Whether seconds matter.</param>
    /// <returns>Such as <c>2026-02-03 14:05</c>, with <c>UTC</c> behind it there.</returns>
    public static string Moment(DateTimeOffset local, bool seconds = false)
    {
        var text = local.ToString(seconds ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return local.Offset == TimeSpan.Zero ? $"{text} UTC" : text;
    }

    /// <summary>What a limit is about, as people call it: the title of its measurement, or its name where it has none.</summary>
    /// <param name="filter">A limit's name, such as <c>sync_offset_s</c>.</param>
    /// <returns>Such as <c>Sync offset</c>.</returns>
    public static string Filter(string filter) => MeasurementCatalog.Find(filter)?.Title ?? Words(filter);

    /// <summary>A name as people read it: underscores become spaces.</summary>
    /// <param name="name">A split or a filter.</param>
    /// <returns>Such as <c>single speech</c>.</returns>
    public static string Words(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Replace('_', ' ');
    }
}
