using Microsoft.Playwright;

namespace Curation.Dashboard.Tests.EndToEnd;

/// <summary>How somebody looks at a page.</summary>
/// <param name="Width">Points of the window.</param>
/// <param name="Height">Points of the window.</param>
/// <param name="Dark">Whether their system is dark.</param>
/// <param name="Scripts">Whether scripts run.</param>
public sealed record View(int Width = 1440, int Height = 900, bool Dark = false, bool Scripts = true)
{
    /// <summary>A desk.</summary>
    public static View Wide { get; } = new();

    /// <summary>A phone.</summary>
    public static View Narrow { get; } = new(390, 844);

    internal BrowserNewContextOptions Options(Uri url) => new()
    {
        BaseURL = url.ToString(),
        ViewportSize = new ViewportSize { Width = Width, Height = Height },
        ColorScheme = Dark ? ColorScheme.Dark : ColorScheme.Light,
        JavaScriptEnabled = Scripts,
        TimezoneId = "Asia/Seoul",
        Locale = "en-GB",
        ReducedMotion = ReducedMotion.Reduce,
    };
}
