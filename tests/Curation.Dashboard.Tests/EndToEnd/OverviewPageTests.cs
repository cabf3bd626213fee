using System.Text.Json;
using Curation.Dashboard.Parts;
using Curation.Dataset.Snapshots;
using Microsoft.Playwright;

namespace Curation.Dashboard.Tests.EndToEnd;

public sealed class OverviewPageTests(DashboardStage stage)
{
    [Fact]
    public Task Overview_shows_the_funnel_of_the_file() => stage.LookAsync(View.Wide, async page =>
    {
        using var file = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(stage.Dataset, SnapshotManifest.Path), TestContext.Current.CancellationToken));
        var funnel = file.RootElement.GetProperty("funnel");

        await page.GoAsync("");

        foreach (var (label, property) in new[] { ("Sources", "sources"), ("Clips", "clips"), ("Retained", "retained"), ("Held", "held"), ("Rejected", "rejected") })
        {
            var tile = page.Page.Locator(".tile", new PageLocatorOptions { Has = page.Page.GetByText(label, new PageGetByTextOptions { Exact = true }) });
            await Assertions.Expect(tile.Locator(".tile-value")).ToHaveTextAsync(Format.Count(funnel.GetProperty(property).GetInt64()));
        }
    });
}
