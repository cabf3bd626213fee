using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary><c>curate schedule</c> against a silo in a process of its own, with its state in files.</summary>
public sealed class ScheduleCommandTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly ScratchFolder _folder = new();
    private readonly int[] _ports = FreePorts();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Faults_of_a_schedule_are_told_at_once_before_anybody_is_asked()
    {
        var result = (await CurateProcess.RunAsync(
            "schedule", "add", "a/b", "--cron", "61 3 * * *", "--tz", "Mars/Olympus", "--input", "in", "--output", "out", "--policy", "nosuch", "--missed", "maybe")).Ended(2);

        foreach (var fault in new[] { "a/b", "61 3", "Mars/Olympus", "nosuch", "--missed maybe", "Nothing was saved" }) Assert.Contains(fault, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_nobody_running_the_error_names_the_command_that_starts_one()
    {
        var result = (await CurateProcess.RunAsync("schedule", "list", "--cluster", $"127.0.0.1:{_ports[1]}")).Ended(2);

        Assert.Contains("curate silo", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Second_scheduled_run_does_only_what_is_new_and_all_is_remembered_after_a_kill()
    {
        var policy = MadeMedia.WriteKeepAll(_folder);
        MadeMedia.Moving(Path.Combine(_folder.Folder("in"), "a.mp4"), 1, 1);
        await using (var silo = await StartSiloAsync())
        {
            var added = (await AskAsync("add", "nightly", "--cron", "0 3 * * *", "--tz", "Asia/Seoul", "--input", _folder.File("in"), "--output", _folder.File("out"), "--policy", policy)).Ended(0);
            Assert.Contains("03:00 +09:00 (", added.Output, StringComparison.Ordinal);
            Assert.Contains("18:00Z)", added.Output, StringComparison.Ordinal);

            (await AskAsync("run-now", "nightly")).Ended(0);
            var first = await EndedAsync(1);
            Assert.Equal("done", first.GetProperty("outcome").GetString());
            Assert.Equal((1, 0), Counts(first));

            MadeMedia.Moving(_folder.File("in", "b.mp4"), 1, 2);
            (await AskAsync("run-now", "nightly")).Ended(0);
            Assert.Equal((2, 1), Counts(await EndedAsync(2)));
            silo.Kill();
            await silo.ExitAsync();
        }

        var dataset = new WrittenDataset(_folder.File("out"));
        await using var later = await StartSiloAsync();
        var shown = (await AskAsync("show", "nightly", "--json")).Ended(0).Json;
        Assert.Equal(2, shown.GetProperty("history").GetArrayLength());
        Assert.Equal(18, DateTimeOffset.Parse(shown.GetProperty("next_utc").GetString()!, CultureInfo.InvariantCulture).Hour);
        Assert.True(File.Exists(dataset.FullPath("dataset.json")));

        Assert.Contains("paused", (await AskAsync("pause", "nightly")).Ended(0).Output, StringComparison.Ordinal);
        Assert.Contains("03:00 +09:00", (await AskAsync("resume", "nightly")).Ended(0).Output, StringComparison.Ordinal);
        (await AskAsync("remove", "nightly")).Ended(0);
        (await AskAsync("show", "nightly")).Ended(2);
        Assert.Equal(0, (await AskAsync("list", "--json")).Ended(0).Json.GetProperty("schedules").GetArrayLength());
    }

    private static (int Sources, int AlreadyDone) Counts(JsonElement run) => (run.GetProperty("sources").GetInt32(), run.GetProperty("already_done").GetInt32());

    private static int[] FreePorts()
    {
        var sockets = Enumerable.Range(0, 3).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToList();
        sockets.ForEach(socket => socket.Bind(new IPEndPoint(IPAddress.Loopback, 0)));
        int[] ports = [.. sockets.Select(socket => ((IPEndPoint)socket.LocalEndPoint!).Port)];
        sockets.ForEach(socket => socket.Dispose());
        return ports;
    }

    private async Task<CurateProcess> StartSiloAsync()
    {
        var silo = CurateProcess.Start(null, new Dictionary<string, string>
        {
            ["Curate__Silo__SiloPort"] = $"{_ports[0]}",
            ["Curate__Silo__GatewayPort"] = $"{_ports[1]}",
            ["Curate__Silo__HttpUrl"] = $"http://127.0.0.1:{_ports[2]}",
            ["Curate__Silo__StateFolder"] = _folder.File("state"),
            ["Curate__Silo__ScratchFolder"] = _folder.File("scratch"),
        }, "silo");
        using var http = new HttpClient();
        var ready = await UntilAsync(async () =>
        {
            Assert.False(silo.HasExited, silo.Said);
            try
            {
                return (await http.GetAsync(new Uri($"http://127.0.0.1:{_ports[2]}/health/ready"), TestContext.Current.CancellationToken)).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        Assert.True(ready, silo.Said);
        return silo;
    }

    private Task<CurateResult> AskAsync(params string[] arguments) => CurateProcess.RunAsync(["schedule", .. arguments, "--cluster", $"127.0.0.1:{_ports[1]}"]);

    private async Task<JsonElement> EndedAsync(int runs)
    {
        JsonElement last = default;
        Assert.True(await UntilAsync(async () =>
        {
            var history = (await AskAsync("show", "nightly", "--json")).Ended(0).Json.GetProperty("history");
            last = history[history.GetArrayLength() - 1];
            return history.GetArrayLength() == runs && last.GetProperty("ended_utc").ValueKind == JsonValueKind.String;
        }));
        return last;
    }

    private static async Task<bool> UntilAsync(Func<Task<bool>> isSo)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(300));
        while (TimeProvider.System.GetElapsedTime(started) < Limit)
        {
            if (await isSo()) return true;
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return false;
    }
}
