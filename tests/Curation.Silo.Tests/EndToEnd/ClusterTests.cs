using System.Net;
using System.Text.Json;
using Curation.Tests;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>Silos as real processes on a real Redis: they work together, one may leave in peace and one may die.</summary>
public sealed class ClusterTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Two_silos_do_a_run_answer_for_their_health_and_count()
    {
        using var folder = new ScratchFolder();
        await using var redis = await RedisServer.StartAsync();
        await using var one = SiloProcess.Start(folder, redis);
        await using var two = SiloProcess.Start(folder, redis);
        await one.ReadyAsync();
        await two.ReadyAsync();
        for (var i = 0; i < 6; i++) MadeMedia.Moving(Path.Combine(folder.Folder("in"), $"{i}.mp4"), 1, i);

        var refused = (await CurateProcess.RunAsync("run", "--input", folder.File("nowhere"), "--output", folder.File("out"), "--policy", "demo", "--models", folder.File("no-models"), "--cluster", one.Gateway)).Ended(2);
        var told = (await CurateProcess.RunAsync(
            "run", "--input", folder.File("in"), "--output", folder.File("out"), "--policy", MadeMedia.WriteKeepAll(folder), "--cluster", $"redis://{redis.ConnectionString}", "--json")).Ended(0);

        // What only the silos can see is told once, for both.
        Assert.Contains("nowhere' does not exist. (on every silo)", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("--models", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(6, told.Json.GetProperty("sources").GetInt32());
        Assert.Equal(6, told.Json.GetProperty("decode_passes").GetInt32());
        Assert.Contains("Submitted run-", told.Errors, StringComparison.Ordinal);

        var metrics = await one.GetAsync("/metrics") + await two.GetAsync("/metrics");
        Assert.All(
            ["curation_sources_total", "curation_sources_in_flight", "curation_source_duration_seconds_bucket", "curation_clips_total", "curation_queue_wait_seconds_bucket", "curation_runs_active", "curation_scratch_usage_bytes", "curation_memory_reserved_bytes", "orleans_catalog_activations", "dotnet_gc_heap"],
            name => Assert.Contains(name, metrics, StringComparison.Ordinal));
        Assert.Equal(6, Sum(metrics, "curation_sources_total"));
        Assert.Equal(HttpStatusCode.OK, await one.StatusAsync("/health/live"));

        one.Terminate();
        var left = (await one.ExitAsync()).Ended(0);
        Assert.All(left.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
        Assert.Contains("Stopped", left.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silo_that_drains_hands_its_source_over_and_one_that_is_killed_loses_none()
    {
        using var folder = new ScratchFolder();
        await using var redis = await RedisServer.StartAsync();
        await using var one = await SiloProcess.Start(folder, redis, "Curate:Silo:Sources=2", "Curate:Silo:DrainSeconds=1").ReadyAsync();
        MakeLongSources(folder, 3);
        await using var run = CurateProcess.Start(null, null, Submit(folder, "--cluster", $"redis://{redis.ConnectionString}", "--json"));
        Assert.True(await Tool.UntilAsync(() => Decoders(folder) > 0, Limit), run.Said + one.Said);
        await using var two = await SiloProcess.Start(folder, redis, "Curate:Silo:Sources=2").ReadyAsync();

        one.Terminate();
        Assert.True(await Tool.UntilAsync(() => one.Said.Contains("Draining", StringComparison.Ordinal), Limit), one.Said);
        Assert.NotEqual(HttpStatusCode.OK, await one.StatusAsync("/health/ready"));
        var left = (await one.ExitAsync()).Ended(0);
        Assert.Contains("handed over", left.Output, StringComparison.Ordinal);

        // Now the second one works alone, and dies; what it had started has ended with it.
        Assert.True(await Tool.UntilAsync(() => Decoders(folder) > 0, Limit), run.Said + two.Said);
        two.Kill();
        Assert.True(await Tool.UntilAsync(() => Decoders(folder) == 0, TimeSpan.FromSeconds(5)), "a decoder outlived its silo");
        await using var three = await SiloProcess.Start(folder, redis, "Curate:Silo:Sources=2").ReadyAsync();

        var told = (await run.ExitAsync()).Ended(0);
        Assert.Equal(3, told.Json.GetProperty("sources").GetInt32());
        Assert.Equal(0, told.Json.GetProperty("quarantined").GetInt32());
    }

    [Fact]
    public async Task Silo_alone_is_left_detached_and_stops_at_once_by_a_second_signal()
    {
        using var folder = new ScratchFolder();
        await using var silo = await SiloProcess.Start(folder, null).ReadyAsync();
        MakeLongSources(folder, 1);
        var runId = (await CurateProcess.RunAsync(Submit(folder, "--cluster", silo.Gateway, "--detach"))).Ended(0).Output.Trim();
        Assert.StartsWith("run-", runId, StringComparison.Ordinal);
        Assert.True(await Tool.UntilAsync(() => Decoders(folder) > 0, Limit), silo.Said);

        silo.Terminate();
        Assert.True(await Tool.UntilAsync(() => silo.Said.Contains("Draining", StringComparison.Ordinal), Limit), silo.Said);
        silo.Terminate();
        (await silo.ExitAsync()).Ended(130);
        Assert.True(await Tool.UntilAsync(() => Decoders(folder) == 0, TimeSpan.FromSeconds(5)), "a decoder outlived its silo");
    }

    private static string[] Submit(ScratchFolder folder, params string[] options) =>
        ["run", "--input", folder.File("in"), "--output", folder.File("out"), "--policy", MadeMedia.WriteKeepAll(folder), .. options];

    // Long enough that a silo is stopped in the middle of it, small enough that it can be done again.
    private static void MakeLongSources(ScratchFolder folder, int count)
    {
        MadeMedia.Moving(Path.Combine(folder.Folder("in"), "0.mp4"), 12, 1, "-g", "25");
        for (var i = 1; i < count; i++) MadeMedia.Ffmpeg("-i", "file:" + folder.File("in", "0.mp4"), "-c", "copy", "-metadata", $"title={i}", "file:" + folder.File("in", $"{i}.mp4"));
    }

    private static int Decoders(ScratchFolder folder) => Tool.Running("ffmpeg", folder.File("in")).Count;

    private static double Sum(string metrics, string name) => metrics.Split('\n')
        .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], System.Globalization.CultureInfo.InvariantCulture));
}
