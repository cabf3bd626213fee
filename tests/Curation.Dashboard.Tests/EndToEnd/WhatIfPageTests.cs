using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Dashboard.Datasets;
using Curation.Dashboard.Parts;
using Curation.Pipeline.Policies;
using Microsoft.Playwright;

namespace Curation.Dashboard.Tests.EndToEnd;

public sealed class WhatIfPageTests(DashboardStage stage)
{
    private const string Clipping = "clipping_ratio";

    [Fact]
    public Task Limit_moved_by_keys_changes_the_forecast_and_judging_again_keeps_it() => stage.LookAsync(View.Wide, async page =>
    {
        // The limit's far end lets through what nothing else rejects.
        var clips = await stage.ClipsAsync();
        var retained = clips.Count(clip => clip.Outcome == ClipOutcome.Retained);
        var freed = clips.Count(clip => clip.Verdicts.Where(verdict => verdict.Outcome == VerdictOutcome.Reject).Select(verdict => verdict.Filter).SequenceEqual([Clipping]));
        Assert.True(freed > 0, "no clip is rejected by its clipping alone");
        await page.GoAsync($"what-if?dataset={KnownDataset.Of(stage.Rejudged).Key}");
        var number = page.Page.Locator(".wi-big-number");
        await Assertions.Expect(number).ToHaveTextAsync(Format.Count(retained));

        var handle = page.Page.Locator(".wi-card", new PageLocatorOptions { HasText = Clipping }).Locator("input.wi-handle[data-handle=max]");
        await handle.FocusAsync();
        await page.Page.Keyboard.PressAsync("End");

        await Assertions.Expect(number).ToHaveTextAsync(Format.Count(retained + freed));

        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save as policy" }).ClickAsync();
        var link = await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Download" }).GetAttributeAsync("href");
        var file = await page.Page.APIRequest.GetAsync(new Uri(new Uri(page.Page.Url), link).ToString());
        var policy = PolicyFile.Parse(await file.TextAsync(), "saved");
        Assert.True(policy.Limits.Single(limit => limit.Name == Clipping).Max > PolicyFile.Load("demo").Limits.Single(limit => limit.Name == Clipping).Max);

        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Rejudge", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Rejudge {Format.Count(clips.Count)} clips" }).ClickAsync();

        await Assertions.Expect(page.Page.Locator(".wi-sheet")).ToContainTextAsync($"retains {Format.Count(retained + freed)} of {Format.Count(clips.Count)} clips", new LocatorAssertionsToContainTextOptions { Timeout = 60_000 });
        var reader = await stage.ReaderAsync(stage.Rejudged);
        Assert.Equal(retained + freed, (await reader.FindManifestAsync())!.Funnel.Retained);
    });
}
