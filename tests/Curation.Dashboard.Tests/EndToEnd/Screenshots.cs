using Microsoft.Playwright;

namespace Curation.Dashboard.Tests.EndToEnd;

/// <summary>Pictures of the pages for people to look at, in the folder that <c>CURATION_SCREENSHOTS</c> names; none without it.</summary>
internal static class Screenshots
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("CURATION_SCREENSHOTS");

    public static async Task KeepAsync(WatchedPage page, string name)
    {
        if (string.IsNullOrEmpty(Folder)) return;

        // Pictures of clips come late.
        await page.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var file = $"{name.Replace(' ', '-')}-{page.View.Width}-{(page.View.Dark ? "dark" : "light")}.png";
        await page.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, file), FullPage = true });
    }
}
