namespace Curation.Dashboard.Layout;

/// <summary>What a browser said when it opened the page. It travels to the circuit under data protection, so that nobody can change it on the way.</summary>
/// <param name="Theme"><c>light</c>, <c>dark</c> or <c>system</c>.</param>
/// <param name="TimeZone">The IANA zone of the viewer; UTC until the browser has said it.</param>
/// <param name="DatasetKey">The data set looked at last; null for none.</param>
/// <param name="Name">Who it is, for the audit.</param>
/// <param name="Address">From where, for the audit.</param>
public sealed record Viewer(string Theme, string TimeZone, string? DatasetKey, string Name, string Address)
{
    /// <summary>Cookie of <see cref="Theme"/>.</summary>
    public const string ThemeCookie = "curate-theme";

    /// <summary>Cookie of <see cref="TimeZone"/>.</summary>
    public const string TimeZoneCookie = "curate-time-zone";

    /// <summary>Cookie of <see cref="DatasetKey"/>.</summary>
    public const string DatasetCookie = "curate-dataset";

    /// <summary>Who nothing is known of.</summary>
    public static Viewer Unknown { get; } = new("system", "UTC", null, "local", "unknown");
}
