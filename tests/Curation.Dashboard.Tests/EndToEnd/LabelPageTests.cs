using Curation.Dashboard.Datasets;
using Curation.Pipeline.Calibration;
using Curation.Pipeline.Labelling;
using Microsoft.Playwright;

namespace Curation.Dashboard.Tests.EndToEnd;

public sealed class LabelPageTests(DashboardStage stage)
{
    [Fact]
    public Task Clips_labelled_by_keys_stand_in_the_file_that_calibration_reads() => stage.LookAsync(View.Wide, async page =>
    {
        var key = KnownDataset.Of(stage.Labelled).Key;
        await page.GoAsync($"labels?dataset={key}");

        var first = await ShownAsync(page);
        await page.Page.Keyboard.PressAsync("k");
        await Assertions.Expect(page.Page.Locator(".label-under").First).ToContainTextAsync("1 of");
        var second = await ShownAsync(page);
        await page.Page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(page.Page.Locator(".label-under").First).ToContainTextAsync("2 of");

        var known = (await stage.ClipsAsync()).Select(clip => clip.Id.Value).ToHashSet(StringComparer.Ordinal);
        var labels = LabelFile.Load(Path.Combine(stage.Labelled, LabelBook.Path), known);
        Assert.Equal(2, labels.Keep.Count);
        Assert.True(labels.Keep.Single(label => label.Key.StartsWith(first, StringComparison.Ordinal)).Value);
        Assert.False(labels.Keep.Single(label => label.Key.StartsWith(second, StringComparison.Ordinal)).Value);
    });

    // The page shows the first digits of the clip's name, and not its verdict.
    private static Task<string> ShownAsync(WatchedPage page) => page.Page.Locator(".label-stage .mono").InnerTextAsync();
}
