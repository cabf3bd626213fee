using System.Net;
using System.Text.Json;
using Curation.Dashboard.Datasets;
using Curation.Dashboard.Tests.Hosting;

namespace Curation.Dashboard.Tests.Api;

public sealed class DashboardApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dataset_is_listed_and_tells_its_snapshot_in_snake_case()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var client = dashboard.Browser();
        var key = KnownDataset.Of(dashboard.Dataset).Key;

        var listed = Assert.Single((await JsonAsync(client, "/api/v1/datasets")).EnumerateArray());
        var snapshot = await JsonAsync(client, $"/api/v1/datasets/{key}");

        Assert.Equal(key, listed.GetProperty("key").GetString());
        Assert.Equal("my set", listed.GetProperty("name").GetString());
        Assert.Equal("0123456789abcdef0123456789abcdef", snapshot.GetProperty("snapshot").GetString());
        Assert.Equal("2026-02-03T04:05:06+00:00", snapshot.GetProperty("created_utc").GetString());
        Assert.Equal(3, snapshot.GetProperty("funnel").GetProperty("by_filter").GetProperty("snr_db").GetInt64());
        Assert.Equal(0.5, snapshot.GetProperty("hours").GetProperty("by_split").GetProperty("sound").GetDouble());
        Assert.Contains("mos", snapshot.GetProperty("absent_slots").EnumerateArray().Select(slot => slot.GetString()));
        Assert.Equal("quarantine", snapshot.GetProperty("troubles")[0].GetProperty("link").GetString());
        Assert.Empty((await JsonAsync(client, $"/api/v1/datasets/{key}/quarantine")).EnumerateArray());
    }

    [Fact]
    public async Task Dataset_that_is_not_served_is_a_problem_with_its_reason()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var client = dashboard.Browser();

        using var answer = await client.GetAsync(new Uri("/api/v1/datasets/nothing", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("There is no data set 'nothing' here", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_of_the_api_names_its_paths()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var client = dashboard.Browser();

        var document = await JsonAsync(client, "/openapi/v1.json");

        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.True(document.GetProperty("paths").TryGetProperty("/api/v1/datasets/{key}", out var dataset));
        Assert.NotEmpty(dataset.GetProperty("get").GetProperty("summary").GetString()!);

        // Without a cluster there is nothing to start.
        Assert.False(document.GetProperty("paths").TryGetProperty("/api/v1/runs", out _));
    }

    [Fact]
    public async Task Page_of_the_cluster_says_so_where_there_is_none()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var client = dashboard.Browser();

        var overview = await client.GetStringAsync(new Uri("/", UriKind.Relative), Stop);
        var runs = await client.GetStringAsync(new Uri("/runs", UriKind.Relative), Stop);

        Assert.DoesNotContain("href=\"runs\"", overview, StringComparison.Ordinal);
        Assert.Contains("There is no cluster here", runs, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> JsonAsync(HttpClient client, string path)
    {
        using var document = JsonDocument.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative), Stop));
        return document.RootElement.Clone();
    }
}
