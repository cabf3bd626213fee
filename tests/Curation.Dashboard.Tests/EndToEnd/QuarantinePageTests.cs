using Curation.Clips;
using Microsoft.Playwright;

namespace Curation.Dashboard.Tests.EndToEnd;

public sealed class QuarantinePageTests(DashboardStage stage)
{
    [Fact]
    public Task Quarantine_shows_the_failed_source_with_its_stage_and_reason() => stage.LookAsync(View.Wide, async page =>
    {
        var reader = await stage.ReaderAsync();
        var rows = new List<QuarantineRecord>();
        await foreach (var row in reader.ReadQuarantineAsync((await reader.FindManifestAsync())!)) rows.Add(row);
        Assert.Contains(rows, row => row.SourceUri.EndsWith(SampleFilms.Corrupt, StringComparison.Ordinal));

        await page.GoAsync("quarantine");

        foreach (var failed in rows)
        {
            var stageOfIt = page.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = $"At {failed.Stage}" });
            await Assertions.Expect(stageOfIt).ToContainTextAsync(failed.Reason);
            await Assertions.Expect(stageOfIt).ToContainTextAsync(failed.SourceUri);
        }
    });
}
