using Microsoft.Playwright;

namespace Curation.Dashboard.Tests.EndToEnd;

/// <summary>What belongs to the viewer and not to one page.</summary>
public sealed class ViewerTests(DashboardStage stage)
{
    [Fact]
    public Task Theme_that_was_chosen_stands_after_a_reload() => stage.LookAsync(View.Wide, async page =>
    {
        await page.GoAsync("");
        var before = await GroundAsync(page);

        await page.Page.Locator(".side [data-theme-choice=dark]").ClickAsync();

        var chosen = await GroundAsync(page);
        Assert.NotEqual(before, chosen);
        await page.Page.ReloadAsync();
        Assert.Equal(chosen, await GroundAsync(page));
        await Assertions.Expect(page.Page.Locator(".side [data-theme-choice=dark]")).ToHaveAttributeAsync("aria-pressed", "true");
    });

    [Fact]
    public Task Keys_alone_reach_the_content_and_open_a_clip() => stage.LookAsync(View.Wide, async page =>
    {
        await page.GoAsync("clips");

        // Blazor gives the focus to the heading of a page; the way of somebody who starts at its top begins before.
        await Assertions.Expect(page.Page.Locator("h1")).ToBeFocusedAsync();
        await page.Page.EvaluateAsync("(() => { const top = document.createElement('span'); top.tabIndex = -1; document.body.prepend(top); top.focus(); top.remove(); })()");
        await page.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await page.Page.EvaluateAsync<string>("document.activeElement.textContent"));
        await SeeFocusAsync(page);
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator("main#content")).ToBeFocusedAsync();

        var steps = 0;
        while (!await page.Page.EvaluateAsync<bool>("document.activeElement.matches('.clip-tile')"))
        {
            Assert.True(++steps < 40, "no clip is reached with 40 tabs");
            await page.Page.Keyboard.PressAsync("Tab");
            Assert.True(await page.Page.EvaluateAsync<bool>("document.querySelector('main').contains(document.activeElement)"), "the focus leaves the content before it reaches a clip");
        }

        await SeeFocusAsync(page);
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator("video[data-video]")).ToBeVisibleAsync();
        Assert.Matches("/clips/[0-9a-f]{32}", page.Page.Url);
    });

    private static async Task SeeFocusAsync(WatchedPage page)
    {
        var style = await page.Page.EvaluateAsync<string>("(() => { const style = getComputedStyle(document.activeElement); return style.outlineStyle + ' ' + style.outlineWidth; })()");
        Assert.DoesNotContain("none", style, StringComparison.Ordinal);
        Assert.DoesNotContain(" 0px", style, StringComparison.Ordinal);
    }

    private static Task<string> GroundAsync(WatchedPage page) => page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
}
