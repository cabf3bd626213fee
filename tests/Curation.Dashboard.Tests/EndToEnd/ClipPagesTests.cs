using System.Globalization;
using Curation.Clips;
using Microsoft.Playwright;

namespace Curation.Dashboard.Tests.EndToEnd;

public sealed class ClipPagesTests(DashboardStage stage)
{
    // Ends when a picture of later than the first moments is shown.
    private const string Play = "video => new Promise((done, fail) => { video.ontimeupdate = () => video.currentTime > 0.2 && done(); video.onerror = () => fail(video.error.message); video.play().catch(fail); })";

    [Fact]
    public Task Clips_by_verdict_are_those_with_it_and_stand_in_the_address() => stage.LookAsync(View.Wide, async page =>
    {
        var rejected = (await stage.ClipsAsync()).Where(clip => clip.Outcome == ClipOutcome.Rejected).ToList();
        await page.GoAsync("clips");

        await page.Page.GetByLabel("Verdict").SelectOptionAsync("rejected");
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Search" }).ClickAsync();

        await Assertions.Expect(page.Page.Locator(".clip-tile")).ToHaveCountAsync(rejected.Count);
        Assert.Contains("outcome=rejected", page.Page.Url, StringComparison.Ordinal);
        Assert.Equal(rejected.Select(clip => clip.Id.Value).Order(), (await ShownAsync(page)).Order());
    });

    [Fact]
    public Task Clips_by_a_range_of_a_measurement_are_those_within_it() => stage.LookAsync(View.Wide, async page =>
    {
        const string Column = "motion_ratio";
        var values = (await stage.ClipsAsync()).Select(clip => (clip.Id, Value: clip.Measurements.FirstOrDefault(one => one.Name == Column)?.Value)).ToList();
        var middle = values.Where(clip => clip.Value is not null).Select(clip => clip.Value!.Value).Order().ElementAt(values.Count / 2);
        var wanted = values.Where(clip => clip.Value >= middle).Select(clip => clip.Id.Value).ToList();
        Assert.InRange(wanted.Count, 1, values.Count - 1);
        await page.GoAsync("clips");

        await page.Page.GetByText("Ranges of measurements").ClickAsync();
        await page.Page.GetByLabel("Measurement").SelectOptionAsync(Column);
        await page.Page.GetByLabel("From").FillAsync(middle.ToString("R", CultureInfo.InvariantCulture));
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Search" }).ClickAsync();

        await Assertions.Expect(page.Page.Locator(".clip-tile")).ToHaveCountAsync(wanted.Count);
        Assert.Equal(wanted.Order(), (await ShownAsync(page)).Order());

        // The address alone brings the same clips and the same form again.
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Page.Locator(".clip-tile")).ToHaveCountAsync(wanted.Count);
        await Assertions.Expect(page.Page.GetByLabel("Measurement").First).ToHaveValueAsync(Column);
    });

    [Fact]
    public Task Clip_plays_and_its_media_is_sent_in_parts() => stage.LookAsync(View.Wide, async page =>
    {
        var clip = await stage.ClipOfAsync(SampleFilms.Kept);
        await page.GoAsync($"clips/{clip.Id}");

        var video = page.Page.Locator("video[data-video]");
        await video.EvaluateAsync(Play);

        var seconds = await video.EvaluateAsync<double>("video => video.duration");
        Assert.InRange(seconds, clip.Span.Duration.TotalSeconds - 0.1, clip.Span.Duration.TotalSeconds + 0.1);
        Assert.Contains(page.Responses, answer => answer.Status == 206 && answer.Url.Contains($"media/clips/{clip.Id}.mp4", StringComparison.Ordinal));
    });

    [Fact]
    public Task Rejected_clip_says_by_what_limit_and_plays_from_its_source() => stage.LookAsync(View.Wide, async page =>
    {
        var clip = await stage.ClipOfAsync(SampleFilms.Still);
        Assert.Equal("motion_ratio", clip.RejectedBy);

        await page.GoAsync($"clips/{clip.Id}");

        await Assertions.Expect(page.Page.Locator(".clip-verdict")).ToContainTextAsync(clip.Reason!);
        await Assertions.Expect(page.Page.Locator("tr", new PageLocatorOptions { HasText = "motion_ratio" }).First).ToContainTextAsync(clip.Reason!);
        await page.Page.Locator("video[data-video]").EvaluateAsync(Play);
        Assert.Contains(page.Responses, answer => answer.Status is 200 or 206 && answer.Url.Contains($"media/previews/{clip.Id}.mp4", StringComparison.Ordinal));
    });

    private static async Task<IReadOnlyList<string>> ShownAsync(WatchedPage page) =>
        [.. (await page.Page.Locator(".clip-tile").EvaluateAllAsync<string[]>("tiles => tiles.map(tile => new URL(tile.href).pathname.split('/').pop())"))];
}
