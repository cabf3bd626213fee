using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Curation.Tests;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>The dashboard of a silo and of a finished data set: pages, files, API, and who is let in.</summary>
public sealed class DashboardTests(QuickstartFixture quickstart)
{
    private const string Key = "a-key-that-must-never-be-in-a-log-0123456789";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silo_serves_pages_files_and_an_api_that_does_what_the_commands_do()
    {
        using var folder = new ScratchFolder();
        var input = folder.Folder("input");
        await File.WriteAllTextAsync(Path.Combine(input, "broken.mp4"), "this is no video", Stop);
        var output = folder.File("set");
        await using var silo = await SiloProcess.Start(folder, null, new Dictionary<string, string> { ["Curate__Dashboard__ApiKey"] = Key }).ReadyAsync();
        using var stranger = new HttpClient { BaseAddress = silo.Address("/") };
        using var client = new HttpClient { BaseAddress = silo.Address("/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);

        // Health and metrics need no key, nor do the files of the login page; everything else does.
        foreach (var path in new[] { "/health/ready", "/metrics", "/_framework/blazor.web.js", "/_content/MudBlazor/MudBlazor.min.css", "/_content/Curation.Dashboard/css/tokens.css" })
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(stranger, path));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(stranger, "/api/v1/overview"));
        Assert.Contains("Log in", await stranger.GetStringAsync(new Uri("orleans/", UriKind.Relative), Stop), StringComparison.Ordinal);
        Assert.Contains("Orleans", await client.GetStringAsync(new Uri("orleans/", UriKind.Relative), Stop), StringComparison.Ordinal);
        Assert.Contains("Start a run", await client.GetStringAsync(new Uri("/", UriKind.Relative), Stop), StringComparison.Ordinal);
        Assert.True((await JsonAsync(client, "openapi/v1.json")).GetProperty("paths").TryGetProperty("/api/v1/runs/{id}/retry", out _));

        // A run: refused with every fault, then started, followed and tried again for one source.
        using var refused = await client.PostAsJsonAsync("api/v1/runs", new { input = "relative", output, policy = "demo" }, Stop);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("is no full path", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);

        var run = await DoAsync(client.PostAsJsonAsync("api/v1/runs", new { input, output, policy = "demo" }, Stop));
        var ended = await EndAsync(client, run);
        Assert.Equal(("done", 1, 1), (ended.GetProperty("state").GetString(), ended.GetProperty("sources").GetInt32(), ended.GetProperty("quarantined").GetInt32()));
        var source = (await JsonAsync(client, $"api/v1/runs/{run}/quarantine"))[0].GetProperty("source_uri").GetString()!;

        // The file was mended without a change of size or time that would show it: only who asks for it gets it tried.
        var again = await DoAsync(client.PostAsJsonAsync($"api/v1/runs/{run}/retry", new { sources = new[] { source } }, Stop));
        Assert.Equal(1, (await EndAsync(client, again)).GetProperty("sources").GetInt32());
        using var done = await client.PostAsync(new Uri($"api/v1/runs/{again}/cancel", UriKind.Relative), null, Stop);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, done.StatusCode);

        // A schedule: made, changed, paused, removed.
        var schedule = new { cron = "0 3 * * *", time_zone = "Asia/Seoul", input, output, policy = "demo" };
        Assert.Equal("nightly", await DoAsync(client.PutAsJsonAsync("api/v1/schedules/nightly", schedule, Stop)));
        await DoAsync(client.PostAsync(new Uri("api/v1/schedules/nightly/pause", UriKind.Relative), null, Stop));
        Assert.True((await JsonAsync(client, "api/v1/schedules/nightly")).GetProperty("paused").GetBoolean());
        await DoAsync(client.DeleteAsync(new Uri("api/v1/schedules/nightly", UriKind.Relative), Stop));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, "/api/v1/schedules/nightly"));

        var silos = await JsonAsync(client, "api/v1/silos");
        Assert.Equal(["media", "model", "trainer"], silos[0].GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
        Assert.Contains($"api-key from 127.0.0.1 did run.start on {run}", silo.Said, StringComparison.Ordinal);
        Assert.Contains("did schedule.remove on nightly", silo.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, silo.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:18080")]
    [InlineData("http://[::]:18080")]
    public async Task Silo_that_others_could_reach_without_a_key_is_not_started(string url)
    {
        var refused = await CurateProcess.RunAsync("silo", $"--Curate:Silo:HttpUrl={url}");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("Curate:Silo:HttpUrl", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("give Curate:Dashboard:ApiKeyFile", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("Nothing was started.", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dashboard_of_a_finished_data_set_shows_its_funnel_and_no_runs()
    {
        await quickstart.ResultAsync();
        var port = ServerProcess.FreePort();
        await using var process = CurateProcess.Start(null, null, "dashboard", "--dataset", quickstart.Dataset.Root, "--urls", $"http://127.0.0.1:{port}");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        await UntilAsync(() => process.Said.Contains("Ctrl-C ends it", StringComparison.Ordinal), () => process.Said);

        var page = await client.GetStringAsync(new Uri("/", UriKind.Relative), Stop);

        Assert.Contains("Retained", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"runs\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/_framework/blazor.web.js"));
    }

    [Fact]
    public async Task Dashboard_with_a_wrong_address_or_key_file_is_not_started()
    {
        using var folder = new ScratchFolder();
        await quickstart.ResultAsync();
        await File.WriteAllTextAsync(folder.File("short"), "short", Stop);

        var open = await CurateProcess.RunAsync("dashboard", "--dataset", quickstart.Dataset.Root, "--urls", "http://0.0.0.0:18081");
        var weak = await CurateProcess.RunAsync("dashboard", "--dataset", quickstart.Dataset.Root, "--api-key-file", folder.File("short"));

        Assert.Equal((2, 2), (open.ExitCode, weak.ExitCode));
        Assert.Contains("give --api-key-file", open.Errors, StringComparison.Ordinal);
        Assert.Contains("holds a key of 5 characters", weak.Errors, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);
        return answer.StatusCode;
    }

    private static async Task<string> DoAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        var said = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.IsSuccessStatusCode, said);
        using var document = JsonDocument.Parse(said);
        return document.RootElement.GetProperty("id").GetString()!;
    }

    private static async Task<JsonElement> EndAsync(HttpClient client, string run)
    {
        var last = default(JsonElement);
        await UntilAsync(async () => (last = await JsonAsync(client, $"api/v1/runs/{run}")).GetProperty("state").GetString() is "done" or "failed", () => last.ToString());
        return last;
    }

    private static async Task<JsonElement> JsonAsync(HttpClient client, string path)
    {
        using var document = JsonDocument.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative), Stop));
        return document.RootElement.Clone();
    }

    private static Task UntilAsync(Func<bool> isSo, Func<string> otherwise) => UntilAsync(() => Task.FromResult(isSo()), otherwise);

    private static async Task UntilAsync(Func<Task<bool>> isSo, Func<string> otherwise)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, otherwise());
            await Task.Delay(100, Stop);
        }
    }
}
