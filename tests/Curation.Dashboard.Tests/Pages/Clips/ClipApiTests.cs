using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Curation.Dashboard.Tests.Pages.Clips;

public sealed class ClipApiTests(ClipSite site) : IClassFixture<ClipSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", 4)]
    [InlineData("?outcome=rejected", 2)]
    [InlineData("?outcome=rejected&q=film", 1)]
    [InlineData("?q=tone", 1)]
    [InlineData("?by=snr_db&min=12&max=14", 2)]
    [InlineData("?without=mos&split=sound", 4)]
    [InlineData("?filter=snr_db", 2)]
    public async Task Search_finds_as_many_as_there_are(string query, int expected)
    {
        var page = await site.Http.GetFromJsonAsync<JsonNode>("/api/v1/clips" + query, Cancel);

        Assert.Equal((expected, expected), ((int)page!["total"]!, page["clips"]!.AsArray().Count));
    }

    [Fact]
    public async Task Page_has_a_limit_and_an_offset_and_the_order_that_was_asked_for()
    {
        // snr_db is 10 plus the start: 10, 12, 14, and 10 of the other source.
        var page = await site.Http.GetFromJsonAsync<JsonNode>("/api/v1/clips?sort=snr_db&order=desc&limit=2&offset=0", Cancel);
        var rest = await site.Http.GetFromJsonAsync<JsonNode>("/api/v1/clips?sort=snr_db&order=desc&limit=2&offset=2", Cancel);

        Assert.Equal([site.Rejected.Value, site.Held.Value], page!["clips"]!.AsArray().Select(clip => (string)clip!["clip_id"]!));
        Assert.Equal([14.0, 12.0], page["clips"]!.AsArray().Select(clip => (double)clip!["sort_value"]!));
        Assert.Equal([10.0, 10.0], rest!["clips"]!.AsArray().Select(clip => (double)clip!["sort_value"]!));
    }

    [Theory]
    [InlineData("?outcome=kept", "outcome=kept is none of")]
    [InlineData("?sort=mosquito", "'mosquito' is no column")]
    [InlineData("?limit=100000", "100000 clips a page were asked for")]
    [InlineData("?offset=-1", "A page cannot begin at -1")]
    public async Task Search_that_cannot_be_understood_is_refused_with_what_is_wrong(string query, string detail)
    {
        var answer = await site.Http.GetAsync("/api/v1/clips" + query, Cancel);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains(detail, (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clip_tells_its_measurements_limits_and_reason()
    {
        var clip = (await site.Http.GetFromJsonAsync<JsonNode>($"/api/v1/clips/{site.Rejected}", Cancel))!;

        Assert.Equal(("rejected", "snr_db", "because"), ((string)clip["outcome"]!, (string)clip["rejected_by"]!, (string)clip["reason"]!));
        var line = clip["measurements"]!.AsArray().Single(line => (string)line!["name"]! == "snr_db")!;
        Assert.Equal((14.0, "<= 12", "reject", "wada-snr"), ((double)line["value"]!, (string)line["limit"]!, (string)line["verdict"]!, (string)line["method"]!));
        Assert.Equal(["snr_db: { max: 14 }"], clip["changes_that_retain"]!.AsArray().Select(change => (string)change!));
    }

    [Fact]
    public async Task Clip_or_data_set_that_is_not_there_is_not_found()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await site.Http.GetAsync("/api/v1/clips/zz", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Http.GetAsync("/api/v1/clips?dataset=none", Cancel)).StatusCode);
    }
}
