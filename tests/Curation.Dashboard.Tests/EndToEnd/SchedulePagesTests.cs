using Microsoft.Playwright;

namespace Curation.Dashboard.Tests.EndToEnd;

public sealed class SchedulePagesTests(DashboardStage stage)
{
    [Fact]
    public Task Schedule_that_is_added_stands_in_the_list_with_its_next_run_until_it_is_removed() => stage.LookAsync(View.Wide, async page =>
    {
        await page.GoAsync("schedules/new");

        await page.Page.GetByLabel("Name").FillAsync("nightly");
        await page.Page.GetByLabel("Due").First.FillAsync("17 3 * * *");
        await page.Page.GetByLabel("Time zone").FillAsync("Asia/Seoul");
        await page.Page.GetByLabel("Input").FillAsync(stage.Films);
        await page.Page.GetByLabel("Data set", new PageGetByLabelOptions { Exact = true }).And(page.Page.Locator("input")).FillAsync(Path.Combine(stage.Folder, "nightly-set"));
        await page.Page.GetByLabel("Policy").FillAsync("demo");
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save" }).ClickAsync();

        var listed = page.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "nightly" });
        var seoul = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Seoul"));
        var due = seoul.TimeOfDay < new TimeSpan(3, 17, 0) ? seoul.Date : seoul.Date.AddDays(1);
        await Assertions.Expect(listed).ToContainTextAsync(FormattableString.Invariant($"{due:yyyy-MM-dd} 03:17"));

        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Pause nightly" }).ClickAsync();
        await Assertions.Expect(listed.Locator(".chip")).ToHaveTextAsync("paused");
        await listed.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Remove" }).ClickAsync();
        await listed.GetByRole(AriaRole.Group).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(listed).ToHaveCountAsync(0);
    });

    [Fact]
    public Task Due_time_that_cannot_be_read_is_told_while_it_is_typed() => stage.LookAsync(View.Wide, async page =>
    {
        await page.GoAsync("schedules/new");

        await page.Page.GetByLabel("Due").First.FillAsync("61 3 * * *");

        await Assertions.Expect(page.Page.Locator(".next-runs .bad-text")).ToContainTextAsync("61");
    });
}
