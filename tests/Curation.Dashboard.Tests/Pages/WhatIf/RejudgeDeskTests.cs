using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Curation.Dashboard.Tests.Pages.Clips;
using Curation.Pipeline.Storage;

namespace Curation.Dashboard.Tests.Pages.WhatIf;

public sealed class RejudgeDeskTests(ClipSite site) : IClassFixture<ClipSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Judging_again_is_refused_while_a_run_writes_and_else_retains_what_was_predicted()
    {
        var body = new { name = "only-quiet", limit = new[] { "snr_db:max=12.5" }, without = new[] { "mos" } };
        using (new OutputLocks(TimeProvider.System).Take(site.Dataset, "run-1"))
        {
            Assert.Equal(HttpStatusCode.Accepted, (await site.Http.PostAsJsonAsync("/api/v1/what-if/rejudge", body, Cancel)).StatusCode);
            var refused = await EndAsync();
            Assert.Equal("failed", (string)refused["state"]!);
            Assert.Contains("run-1", (string)refused["problem"]!, StringComparison.Ordinal);
        }

        // The one whose source is gone has snr 10 as well: it is wanted, and held because it cannot be cut.
        var predicted = await GetAsync("/api/v1/what-if?limit=snr_db:max=12.5&without=mos");
        Assert.Equal(3, (int)predicted["then"]!["retained"]!["clips"]!);

        Assert.Equal(HttpStatusCode.Accepted, (await site.Http.PostAsJsonAsync("/api/v1/what-if/rejudge", body, Cancel)).StatusCode);
        var done = await EndAsync();

        Assert.Equal(("done", 2, true), ((string)done["state"]!, (int)done["retained"]!, (bool)done["changed"]!));
        await UntilAsync(async () => (string)(await GetAsync("/api/v1/what-if"))["base"]! == "only-quiet");
        var after = await GetAsync("/api/v1/what-if");
        Assert.Equal((true, (string)done["snapshot"]!), ((bool)after["base_is_own"]!, (string)after["snapshot"]!));
    }

    private async Task<JsonNode> EndAsync()
    {
        JsonNode state = null!;
        await UntilAsync(async () => (string)(state = await GetAsync("/api/v1/what-if/rejudge"))["state"]! != "running");
        return state;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var left = 600; !await holds(); left--)
        {
            Assert.True(left > 0, "it took too long");
            await Task.Delay(100, Cancel);
        }
    }

    private async Task<JsonNode> GetAsync(string path) => (await site.Http.GetFromJsonAsync<JsonNode>(path, Cancel))!;
}
