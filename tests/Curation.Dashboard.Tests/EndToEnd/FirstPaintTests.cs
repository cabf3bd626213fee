using Microsoft.Playwright;

namespace Curation.Dashboard.Tests.EndToEnd;

/// <summary>How soon something is seen, on a server that has been asked before and by a browser that has kept nothing.</summary>
public sealed class FirstPaintTests(DashboardStage stage)
{
    // The best of three tells what the page costs; the others, what else this machine had to do.
    private const double MostMilliseconds = 1000;
    private const int Times = 3;

    private const string Paint = "() => new Promise(done => new PerformanceObserver(seen => { const first = seen.getEntriesByName('first-contentful-paint')[0]; if (first) done(first.startTime); }).observe({ type: 'paint', buffered: true }))";

    [Theory]
    [MemberData(nameof(SitePages.Names), MemberType = typeof(SitePages))]
    public async Task Page_is_seen_within_a_second(string name)
    {
        var (path, _) = await stage.FindAsync(name);
        var paints = new List<double>();
        for (var time = 0; time <= Times; time++)
        {
            await stage.LookAsync(View.Wide, async page =>
            {
                await page.Page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
                paints.Add(await page.Page.EvaluateAsync<double>(Paint));
                if (name == "no such page") page.Expect("404");
            });
        }

        var best = paints.Skip(1).Min();
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"first contentful paint of {name}: {best:0} ms; first time {paints[0]:0} ms, then {string.Join(", ", paints.Skip(1).Select(paint => FormattableString.Invariant($"{paint:0}")))}"));
        Assert.InRange(best, 0, MostMilliseconds);
    }
}
