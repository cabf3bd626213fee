using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Curation.Dashboard.Tests.Pages.Clips;
using Curation.Pipeline.Policies;

namespace Curation.Dashboard.Tests.Pages.WhatIf;

public sealed class WhatIfApiTests(ClipSite site) : IClassFixture<ClipSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Draft_moves_clips_and_is_written_as_a_policy()
    {
        var same = await GetAsync("/api/v1/what-if");
        var stricter = await GetAsync("/api/v1/what-if?limit=snr_db:min=12.5&examples=9");

        Assert.Equal(("demo", false), ((string)same["base"]!, (bool)same["base_is_own"]!));
        Assert.Equal((4, 4, 1), ((int)same["now"]!["clips"]!, (int)same["then"]!["retained"]!["clips"]!, (int)stricter["then"]!["retained"]!["clips"]!));
        Assert.Equal((3, 3), ((int)stricter["lost"]!["clips"]!, stricter["lost_examples"]!.AsArray().Count));
        Assert.Equal(12, (double)stricter["lost_examples"]![0]!["value"]!);

        var yaml = await site.Http.GetStringAsync("/api/v1/what-if/policy?limit=snr_db:min=12.5&name=loud%20enough", Cancel);
        var policy = PolicyFile.Parse(yaml, "p.yaml");
        Assert.Equal(("loud enough", 12.5), (policy.Name, policy.Limits.Single(limit => limit.Name == "snr_db").Min));
        Assert.Contains("moved by hand", yaml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("what-if?limit=snr:min=3", HttpStatusCode.BadRequest)]
    [InlineData("what-if?limit=snr_db:min=x", HttpStatusCode.BadRequest)]
    [InlineData("what-if?base=nobody", HttpStatusCode.BadRequest)]
    [InlineData("what-if?dataset=nowhere", HttpStatusCode.NotFound)]
    [InlineData("what-if/histograms/loudest", HttpStatusCode.NotFound)]
    public async Task Question_that_makes_no_sense_is_told_so(string path, HttpStatusCode status) =>
        Assert.Equal(status, (await site.Http.GetAsync($"/api/v1/{path}", Cancel)).StatusCode);

    [Fact]
    public async Task Histogram_counts_the_clips()
    {
        var histogram = await GetAsync("/api/v1/what-if/histograms/snr_db");

        Assert.Equal((4, 4), ((int)histogram["measured"]!, histogram["counts"]!.AsArray().Sum(count => (int)count!)));
    }

    private async Task<JsonNode> GetAsync(string path) => (await site.Http.GetFromJsonAsync<JsonNode>(path, Cancel))!;
}
