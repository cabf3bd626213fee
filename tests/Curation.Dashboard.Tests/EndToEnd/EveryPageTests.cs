using Microsoft.Playwright;

namespace Curation.Dashboard.Tests.EndToEnd;

/// <summary>What is asked of every page.</summary>
public sealed class EveryPageTests(DashboardStage stage)
{
    private const string Barriers = """
        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
            .filter(one => one.impact === 'serious' || one.impact === 'critical')
            .map(one => `${one.id} (${one.impact}): ${one.help}: ` + one.nodes.map(node => node.target.join(' ') + ' ' + (node.any[0]?.message ?? '')).join(' | '))
        """;

    [Theory]
    [MemberData(nameof(SitePages.InEveryView), MemberType = typeof(SitePages))]
    public Task Page_fits_its_window_and_has_no_barrier(string name, bool dark, bool narrow) => stage.LookAsync((narrow ? View.Narrow : View.Wide) with { Dark = dark }, async page =>
    {
        var (path, fact) = await stage.FindAsync(name);

        await page.GoAsync(path);
        Forgive(name, page);

        await Assertions.Expect(page.Page.Locator("main")).ToContainTextAsync(fact);
        var width = await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(width <= page.View.Width, $"{path} is {width} points wide in a window of {page.View.Width}");
        await Screenshots.KeepAsync(page, name);

        await page.Page.EvaluateAsync(AxeScript.Require());
        var barriers = await page.Page.EvaluateAsync<string[]>(Barriers);
        Assert.True(barriers.Length == 0, string.Join('\n', barriers));
    });

    [Theory]
    [MemberData(nameof(SitePages.Names), MemberType = typeof(SitePages))]
    public Task Page_without_scripts_says_what_it_is_for(string name) => stage.LookAsync(View.Wide with { Scripts = false }, async page =>
    {
        var (path, fact) = await stage.FindAsync(name);

        await page.GoAsync(path);
        Forgive(name, page);

        await Assertions.Expect(page.Page.Locator("main")).ToContainTextAsync(fact);
        await Assertions.Expect(page.Page.Locator("h1")).ToHaveCountAsync(1);
    });

    // A browser tells its console of every page that is not there.
    private static void Forgive(string name, WatchedPage page)
    {
        if (name == "no such page") page.Expect("404");
    }
}
