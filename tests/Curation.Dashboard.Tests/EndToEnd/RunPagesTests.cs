using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Curation.Dashboard.Tests.EndToEnd;

/// <summary>Runs of the product's pipeline on a silo in this process, each source held until the test lets it go on.</summary>
public sealed partial class RunPagesTests(DashboardStage stage)
{
    private static readonly LocatorAssertionsToContainTextOptions Patiently = new() { Timeout = 60_000 };

    [Fact]
    public async Task Run_started_on_a_page_moves_in_another_browser_without_a_reload()
    {
        Chromium.Require();
        var input = await TakeAsync("live", SampleFilms.Still, SampleFilms.Kept, SampleFilms.Corrupt);
        var gate = (await stage.PipelineAsync()).Hold("/live/");

        await stage.LookAsync(View.Wide, starter => stage.LookAsync(View.Narrow, async watcher =>
        {
            await watcher.GoAsync("runs");
            await watcher.Page.EvaluateAsync("window.sameDocument = true");
            var run = await StartAsync(starter, input, "live-set");

            var card = watcher.Page.Locator(".run-card", new PageLocatorOptions { HasText = run });
            await Assertions.Expect(card).ToContainTextAsync("0 of 3", Patiently);
            gate.Release();
            await Assertions.Expect(card).ToContainTextAsync("1 of 3", Patiently);
            gate.Release(2);

            var row = watcher.Page.Locator("tr", new PageLocatorOptions { HasText = run });
            await Assertions.Expect(row).ToContainTextAsync("done", Patiently);
            Assert.True(await watcher.Page.EvaluateAsync<bool>("window.sameDocument === true"));

            // Whoever started it sees the end as well, and what could not be processed.
            await Assertions.Expect(starter.Page.Locator(".page-header")).ToContainTextAsync("done", Patiently);
            await Assertions.Expect(starter.Page.Locator("table", new PageLocatorOptions { HasText = SampleFilms.Corrupt })).ToBeVisibleAsync();
        }));
    }

    [Fact]
    public async Task Run_that_is_cancelled_ends()
    {
        Chromium.Require();
        var input = await TakeAsync("halted", SampleFilms.Still);
        (await stage.PipelineAsync()).Hold("/halted/");

        await stage.LookAsync(View.Wide, async page =>
        {
            var run = await StartAsync(page, input, "halted-set");

            await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Cancel", Exact = true }).ClickAsync();
            await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Cancel the run" }).ClickAsync();

            await Assertions.Expect(page.Page.Locator(".page-header .chip")).ToHaveTextAsync("cancelled", new LocatorAssertionsToHaveTextOptions { Timeout = 60_000 });
            await page.GoAsync("runs");
            await Assertions.Expect(page.Page.Locator("tr", new PageLocatorOptions { HasText = run })).ToContainTextAsync("cancelled", Patiently);
        });
    }

    [Fact]
    public Task Run_that_cannot_start_says_why_and_keeps_what_was_typed() => stage.LookAsync(View.Wide, async page =>
    {
        var absent = Path.Combine(stage.Folder, "no-such-folder");

        await FillAsync(page, absent, Path.Combine(stage.Folder, "nothing"));

        await Assertions.Expect(page.Page.Locator(".error-panel")).ToContainTextAsync(absent);
        await Assertions.Expect(page.Page.GetByLabel("Input")).ToHaveValueAsync(absent);
        Assert.EndsWith("/runs/new", page.Page.Url, StringComparison.Ordinal);
    });

    private async Task<string> StartAsync(WatchedPage page, string input, string output)
    {
        await FillAsync(page, input, Path.Combine(stage.Folder, output));
        await Assertions.Expect(page.Page).ToHaveURLAsync(RunAddress(), new PageAssertionsToHaveURLOptions { Timeout = 60_000 });
        return page.Page.Url.Split('/')[^1];
    }

    private static async Task FillAsync(WatchedPage page, string input, string output)
    {
        await page.GoAsync("runs/new");
        await page.Page.GetByLabel("Input").FillAsync(input);
        await page.Page.GetByLabel("Data set", new PageGetByLabelOptions { Exact = true }).And(page.Page.Locator("input")).FillAsync(output);
        await page.Page.GetByLabel("Policy").FillAsync("demo");
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Start", Exact = true }).ClickAsync();
    }

    // Copies: a run holds what lies in its own folder, and no other.
    private async Task<string> TakeAsync(string folder, params string[] films)
    {
        await stage.ReaderAsync();
        var input = Directory.CreateDirectory(Path.Combine(stage.Folder, folder)).FullName;
        foreach (var film in films) File.Copy(Path.Combine(stage.Films, film), Path.Combine(input, film));
        return input;
    }

    [GeneratedRegex(@"/runs/run-\d+$")]
    private static partial Regex RunAddress();
}
