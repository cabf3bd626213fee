using System.Text.Json;
using Azure.Storage.Blobs;
using Curation.Tests;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary><c>curate plan</c> as a user runs it.</summary>
public sealed class PlanCommandTests
{
    // Far above what it takes: reached only by a process that hangs.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly string[] Counted = ["clips", "retained", "held", "rejected", "quarantined"];

    [Fact]
    public async Task Census_forecasts_what_the_run_then_gives_and_its_data_set_is_taken_on()
    {
        using var folder = new ScratchFolder();
        var input = Videos(folder, 3);
        await File.WriteAllTextAsync(Path.Combine(input, "a", "broken.mp4"), "no video", TestContext.Current.CancellationToken);
        var policy = folder.File("priced.yaml");
        await File.WriteAllTextAsync(policy, MadeMedia.KeepAll + "\nprices: { currency: EUR, core_hour: 0.05, storage_gb_month: 0.02 }\n", TestContext.Current.CancellationToken);
        var kept = folder.File("kept");

        var plan = (await CurateProcess.RunAsync("plan", "--input", input, "--policy", policy, "--keep", kept, "--json")).Ended(0).Json;
        var run = (await CurateProcess.RunAsync("run", "--input", input, "--output", kept, "--policy", policy, "--json")).Ended(3).Json;

        var forecast = plan.GetProperty("forecast");
        Assert.All(Counted, count =>
        {
            Assert.Equal("exact", forecast.GetProperty(count).GetProperty("method").GetString());
            Assert.Equal(run.GetProperty(count).GetDouble(), forecast.GetProperty(count).GetProperty("value").GetDouble());
        });
        Assert.Equal(run.GetProperty("media_seconds").GetDouble() / 3600, forecast.GetProperty("media_hours").GetProperty("value").GetDouble(), 1e-5);

        // The sample was not done again.
        Assert.Equal(0, run.GetProperty("decode_passes").GetInt32());
        Assert.Equal("EUR", plan.GetProperty("cost").GetProperty("currency").GetString());
        Assert.Equal(0.02 * forecast.GetProperty("storage_bytes").GetProperty("value").GetDouble() / 1e9, plan.GetProperty("cost").GetProperty("storage_month").GetProperty("value").GetDouble(), 1e-6);
        Assert.Equal("broken.mp4", Path.GetFileName(plan.GetProperty("quarantined")[0].GetProperty("uri").GetString()));
        Assert.Equal(JsonValueKind.Null, forecast.GetProperty("gpu_hours").ValueKind);
        Assert.Contains("no model ran on a GPU", plan.GetProperty("not_measured").GetProperty("gpu_hours").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sample_is_forecast_with_intervals_and_leaves_nothing_behind()
    {
        using var folder = new ScratchFolder();
        var input = Videos(folder, 4);
        var temporary = folder.Folder("tmp");
        var before = Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories);

        CurateResult result;
        await using (var process = CurateProcess.Start(folder.Path, new Dictionary<string, string> { ["TMPDIR"] = temporary }, "plan", "--input", "in", "--sample", "2", "--policy", "demo", "--against", "nowhere"))
        {
            Assert.Contains("is not a data set", (await process.ExitAsync()).Ended(2).Errors, StringComparison.Ordinal);
        }

        await using (var process = CurateProcess.Start(folder.Path, new Dictionary<string, string> { ["TMPDIR"] = temporary }, "plan", "--input", "in", "--sample", "2", "--policy", MadeMedia.WriteKeepAll(folder)))
        {
            result = (await process.ExitAsync()).Ended(0);
        }

        Assert.All(["Curated 2 of 4 sources", "90 % interval", "Core time", "GPU time", "Storage", "Costs: not known", "Next: curate run --input in"], text => Assert.Contains(text, result.Output, StringComparison.Ordinal));
        Assert.Equal(4, Directory.GetFiles(input, "*", SearchOption.AllDirectories).Length);
        Assert.DoesNotContain(Directory.GetFiles(temporary, "*", SearchOption.AllDirectories), file => !file.EndsWith(".lock", StringComparison.Ordinal));
        Assert.Equal(before.Append(folder.File("keep-all.yaml")).Order(StringComparer.Ordinal), Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Where(entry => !entry.StartsWith(temporary + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Objects_of_a_list_are_sampled_and_answers_of_endpoints_are_counted()
    {
        await using var azurite = await AzuriteServer.StartAsync();
        using var folder = new ScratchFolder();
        var stop = TestContext.Current.CancellationToken;
        var blobs = new BlobServiceClient(azurite.ConnectionString, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2025_11_05));
        var videos = (await blobs.CreateBlobContainerAsync("videos", cancellationToken: stop)).Value;
        foreach (var path in Directory.GetFiles(Videos(folder, 3), "*.mp4", SearchOption.AllDirectories))
        {
            await using var content = File.OpenRead(path);
            await videos.UploadBlobAsync($"two words/{Path.GetFileName(path)}", content, stop);
        }

        // One of them is not there, and only the sample finds out.
        var list = folder.File("list.txt");
        await File.WriteAllLinesAsync(list, Enumerable.Range(1, 4).Select(number => $"azblob://{AzuriteServer.Account}/videos/two%20words/{number}.mp4"), stop);
        await using var endpoint = new LoopbackEndpoint("Coloured bars turn, and there is a hiss.");
        await File.WriteAllTextAsync(
            Path.Combine(folder.Folder("models"), "endpoints.json"), JsonSerializer.Serialize(new Dictionary<string, object> { ["caption.omni"] = new { address = endpoint.Address, model = "test-omni" } }), stop);
        var policy = folder.File("priced.yaml");
        await File.WriteAllTextAsync(policy, MadeMedia.KeepAll + "\nprices: { currency: EUR, request: 0.5 }\n", stop);

        var environment = new Dictionary<string, string> { [$"Curate__Blob__Accounts__{AzuriteServer.Account}__ConnectionString"] = azurite.ConnectionString };
        await using var process = CurateProcess.Start(null, environment, "plan", "--input", list, "--policy", policy, "--models", folder.File("models"), "--json");
        var plan = (await process.ExitAsync()).Ended(0).Json;

        // 1.2 s, 1.4 s and 1.6 s are one clip each.
        var forecast = plan.GetProperty("forecast");
        Assert.Equal((4, 1.0, 3.0), (forecast.GetProperty("sources").GetInt32(), Value(forecast, "quarantined"), Value(forecast, "retained")));
        Assert.Equal((3, 3.0), (endpoint.Answers, Value(forecast, "requests")));
        Assert.Equal(1.5, Value(plan.GetProperty("cost"), "once"), 1e-6);
        Assert.Equal("container", plan.GetProperty("sample").GetProperty("stratified_by").GetString());
        Assert.Contains(plan.GetProperty("warnings").EnumerateArray(), warning => warning.GetProperty("kind").GetString() == "no_sizes");
    }

    [Fact]
    public async Task Plan_of_which_nothing_is_retained_ends_with_4_and_says_why()
    {
        using var folder = new ScratchFolder();

        var result = (await CurateProcess.RunAsync("plan", "--input", Videos(folder, 2), "--policy", MadeMedia.WriteRejectAll(folder))).Ended(4);

        Assert.Contains("short_side_px alone rejects", result.Output, StringComparison.Ordinal);
        Assert.Contains("Every source was looked at.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_faults_of_the_command_come_at_once()
    {
        using var folder = new ScratchFolder();
        var input = folder.Folder("in");

        var result = (await CurateProcess.RunAsync("plan", "--input", folder.File("nowhere"), "--sample", "1", "--cores", "0", "--parallelism", "0", "--policy", "dem", "--against", input, "--keep", folder.Path)).Ended(2);

        Assert.All(
            ["--input", "--sample 1: must be at least 2", "--cores 0", "--parallelism 0", "did you mean 'demo'?", $"--against {input}: is not a data set", $"--keep {folder.Path}: is not empty", "Nothing was started."],
            fault => Assert.Contains(fault, result.Errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Interrupted_plan_leaves_nothing_behind()
    {
        using var folder = new ScratchFolder();
        Videos(folder, 2);
        MadeMedia.Moving(folder.File("in", "long.mp4"), 20);
        var temporary = folder.Folder("tmp");

        await using var process = CurateProcess.Start(folder.Path, new Dictionary<string, string> { ["TMPDIR"] = temporary }, "plan", "--input", "in", "--policy", "demo");
        Assert.True(await Tool.UntilAsync(() => process.HasExited || process.Said.Contains("curating 3 of 3 sources", StringComparison.Ordinal), Limit), process.Said);
        process.Interrupt();

        Assert.Contains("nothing was kept", (await process.ExitAsync()).Ended(130).Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(temporary, "*", SearchOption.AllDirectories), file => !file.EndsWith(".lock", StringComparison.Ordinal));
    }

    private static double Value(JsonElement estimates, string name) => estimates.GetProperty(name).GetProperty("value").GetDouble();

    private static string Videos(ScratchFolder folder, int count)
    {
        foreach (var number in Enumerable.Range(1, count)) MadeMedia.Moving(Path.Combine(folder.Folder("in", number % 2 == 0 ? "a" : "b"), $"{number}.mp4"), 1 + (0.2 * number), number);
        return folder.File("in");
    }
}
