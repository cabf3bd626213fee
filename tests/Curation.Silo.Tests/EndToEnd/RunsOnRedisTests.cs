using System.Text.Json;
using Curation.Tests;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary><c>curate run --cluster</c> let go by Ctrl-C, and <c>curate runs</c>, against a silo on Redis.</summary>
public sealed class RunsOnRedisTests
{
    private const int Sources = 6;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // Longer than a checkpoint's interval and than a missed sign of life.
    private static readonly TimeSpan RedisAway = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task Run_is_let_go_by_an_interrupt_goes_on_outlives_its_store_and_is_listed_shown_cancelled_and_retried()
    {
        using var folder = new ScratchFolder();
        await using var redis = await RedisServer.StartAsync(folder.Folder("redis"));
        await using var silo = SiloProcess.Start(folder, redis, "Curate:Silo:Sources=1");
        MadeMedia.Moving(Path.Combine(folder.Folder("in"), "0.mp4"), 20, 1, "-g", "25");
        for (var i = 1; i < Sources; i++) MadeMedia.Ffmpeg("-i", "file:" + folder.File("in", "0.mp4"), "-c", "copy", "-metadata", $"title={i}", "file:" + folder.File("in", $"{i}.mp4"));
        await silo.ReadyAsync();
        var cluster = $"redis://{redis.ConnectionString}/curate";

        await using var following = CurateProcess.Start(
            null, null, "run", "--input", folder.File("in"), "--output", folder.File("out"), "--policy", MadeMedia.WriteKeepAll(folder), "--cluster", cluster);
        Assert.True(await Tool.UntilAsync(() => following.HasExited || Tool.Running("ffmpeg", folder.File("in")).Count > 0, Limit), following.Said);
        following.Interrupt();
        var letGo = (await following.ExitAsync()).Ended(130);
        var runId = letGo.Errors.Split("Submitted ")[1].Split(' ')[0];
        Assert.Contains($"no longer following {runId}; it goes on", letGo.Errors, StringComparison.Ordinal);
        Assert.Contains($"curate runs show {runId} --cluster {cluster}", letGo.Errors, StringComparison.Ordinal);
        Assert.Contains($"curate runs cancel {runId} --cluster {cluster}", letGo.Errors, StringComparison.Ordinal);

        Assert.Contains("still goes on (running)", (await RunsAsync("retry", runId)).Ended(2).Errors, StringComparison.Ordinal);
        Assert.Contains("Cancelled", (await RunsAsync("cancel", runId)).Ended(0).Output, StringComparison.Ordinal);
        await UntilAsync(runId, "cancelled");
        var again = (await RunsAsync("retry", runId, "--json")).Ended(0).Json;
        var againId = again.GetProperty("run_id").GetString()!;
        Assert.Equal(runId, again.GetProperty("retry_of").GetString());

        // The store of the cluster dies and comes back: the run knows itself, and the silo found its place again.
        await redis.DisposeAsync();
        await Task.Delay(RedisAway, TestContext.Current.CancellationToken);
        await using var back = await RedisServer.StartAsync(folder.File("redis"), redis.Port);
        var after = await UntilAsync(againId, "running");
        Assert.Equal(0, after.GetProperty("run").GetProperty("quarantined").GetInt32());

        (await RunsAsync("cancel", againId)).Ended(0);
        await UntilAsync(againId, "cancelled");
        var listed = (await RunsAsync("list", "--json")).Ended(0).Json;
        Assert.Equal([againId, runId], listed.EnumerateArray().Select(run => run.GetProperty("run_id").GetString()!));
        Assert.All(listed.EnumerateArray(), run => Assert.Equal("cancelled", run.GetProperty("state").GetString()));
        (await RunsAsync("show", "run-nosuch")).Ended(2);

        Task<CurateResult> RunsAsync(params string[] arguments) => CurateProcess.RunAsync(["runs", .. arguments, "--cluster", cluster]);

        async Task<JsonElement> UntilAsync(string id, string state)
        {
            var started = TimeProvider.System.GetTimestamp();
            while (true)
            {
                // A store that came back knows of the silo when that has told it again, which it does every five seconds.
                var answer = await RunsAsync("show", id, "--json");
                var away = answer.ExitCode == 2 && answer.Errors.Contains("no silo of cluster", StringComparison.Ordinal);
                if (!away && answer.Ended(0).Json.GetProperty("run").GetProperty("state").GetString() == state) return answer.Json;

                Assert.True(TimeProvider.System.GetElapsedTime(started) < Limit, $"the run never was {state}: {answer.Output}{answer.Errors}\n{silo.Said}");
            }
        }
    }
}
