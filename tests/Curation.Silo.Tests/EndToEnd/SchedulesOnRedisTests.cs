using System.Globalization;
using System.Text.Json;
using Curation.Tests;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>Schedules whose silos are all killed at once: Redis remembers them, their history and their runs.</summary>
public sealed class SchedulesOnRedisTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Schedule_and_its_history_outlive_a_kill_of_every_silo()
    {
        using var folder = new ScratchFolder();
        await using var redis = await RedisServer.StartAsync();
        var cluster = $"redis://{redis.ConnectionString}";
        string runId;
        await using (var silo = SiloProcess.Start(folder, redis))
        {
            MadeMedia.Moving(Path.Combine(folder.Folder("in"), "a.mp4"), 1, 1);
            await silo.ReadyAsync();
            (await AskAsync("schedule", "add", "nightly", "--cron", "0 3 * * *", "--tz", "Asia/Seoul", "--input", folder.File("in"), "--output", folder.File("out"), "--policy", MadeMedia.WriteKeepAll(folder))).Ended(0);
            runId = (await AskAsync("schedule", "run-now", "nightly", "--json")).Ended(0).Json.GetProperty("run_id").GetString()!;
            await EndedAsync();
            silo.Kill();
        }

        await using var later = await SiloProcess.Start(folder, redis).ReadyAsync();
        var shown = await EndedAsync();
        Assert.Equal(runId, shown.GetProperty("history")[0].GetProperty("run_id").GetString());
        Assert.Equal("done", shown.GetProperty("history")[0].GetProperty("outcome").GetString());
        Assert.Equal(18, DateTimeOffset.Parse(shown.GetProperty("next_utc").GetString()!, CultureInfo.InvariantCulture).Hour);
        var run = Assert.Single((await AskAsync("runs", "list", "--json")).Ended(0).Json.EnumerateArray());
        Assert.Equal((runId, "done"), (run.GetProperty("run_id").GetString(), run.GetProperty("state").GetString()));

        Task<CurateResult> AskAsync(params string[] arguments) => CurateProcess.RunAsync([.. arguments, "--cluster", cluster]);

        // Until the dead silo is known to be dead, questions may fail.
        async Task<JsonElement> EndedAsync()
        {
            var started = TimeProvider.System.GetTimestamp();
            while (true)
            {
                var told = await AskAsync("schedule", "show", "nightly", "--json");
                if (told.ExitCode == 0 && told.Json.GetProperty("history") is { } history && history.GetArrayLength() == 1 && history[0].GetProperty("ended_utc").ValueKind == JsonValueKind.String) return told.Json;

                Assert.True(TimeProvider.System.GetElapsedTime(started) < Limit, told.Said);
            }
        }
    }
}
