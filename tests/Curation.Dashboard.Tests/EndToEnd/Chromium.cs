using Microsoft.Playwright;

namespace Curation.Dashboard.Tests.EndToEnd;

/// <summary>Finds the Chromium of this machine: Playwright drives it and downloads none.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome"];

    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/Applications/Chromium.app/Contents/MacOS/Chromium"];

    /// <summary>Full path of the browser; skips the test where there is none.</summary>
    public static string Require()
    {
        var program = Find();
        Assert.SkipWhen(program is null, "Chromium is not here: ./test installs it where it may, or set CURATION_CHROMIUM to the path of a Chromium or Chrome");
        return program!;
    }

    /// <summary>Starts one.</summary>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Require(),
        Headless = true,

        // Chromium has no sandbox for root, and small containers have little shared memory. Clips are muted, because a test has no ears.
        Args = [.. Environment.IsPrivilegedProcess ? ["--no-sandbox"] : Array.Empty<string>(), "--disable-dev-shm-usage", "--mute-audio", "--autoplay-policy=no-user-gesture-required"],
    });

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CURATION_CHROMIUM") is { Length: > 0 } configured) return File.Exists(configured) ? configured : null;

        return Names.Select(Curation.Tests.ServerProcess.FindProgram).FirstOrDefault(found => found is not null) ?? Places.FirstOrDefault(File.Exists);
    }
}
