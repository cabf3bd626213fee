using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Curation.Clips;
using Curation.Dashboard.Tests.Pages.Clips;
using Curation.Pipeline.Calibration;
using Curation.Pipeline.Labelling;

namespace Curation.Dashboard.Tests.Pages.Labels;

public sealed class LabelApiTests(ClipSite site) : IClassFixture<ClipSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Labels_are_set_replaced_taken_back_and_read_by_calibrate()
    {
        await SetAsync(site.Retained, true);
        await SetAsync(site.Held, true);
        await SetAsync(site.Held, false);
        await SetAsync(site.Rejected, false);
        Assert.Equal(HttpStatusCode.NoContent, (await site.Http.DeleteAsync($"/api/v1/labels/{site.Rejected}", Cancel)).StatusCode);

        var listed = (await site.Http.GetFromJsonAsync<JsonNode>("/api/v1/labels", Cancel))!;
        Assert.Equal([(site.Retained.Value, true), (site.Held.Value, false)], listed["labels"]!.AsArray().Select(label => ((string)label!["clip_id"]!, (bool)label["keep"]!)));

        var known = new HashSet<string> { site.Retained.Value, site.Held.Value };
        var read = LabelFile.Load(Path.Combine(site.Dataset, LabelBook.Path), known);
        Assert.Equal((true, false), (read.Keep[site.Retained.Value], read.Keep[site.Held.Value]));
        Assert.Equal(2, LabelFile.Parse(new StringReader(await site.Http.GetStringAsync("/api/v1/labels.csv", Cancel)), "labels.csv", known).Keep.Count);
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("=cmd")]
    public async Task Label_of_a_clip_that_is_not_there_is_refused(string id)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await site.Http.PutAsJsonAsync($"/api/v1/labels/{id}", new { keep = true }, Cancel)).StatusCode);
        Assert.DoesNotContain(id, await site.Http.GetStringAsync("/api/v1/labels.csv", Cancel), StringComparison.Ordinal);
    }

    private async Task SetAsync(ClipId id, bool keep) =>
        Assert.Equal(HttpStatusCode.OK, (await site.Http.PutAsJsonAsync($"/api/v1/labels/{id}", new { keep }, Cancel)).StatusCode);
}
