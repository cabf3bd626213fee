using System.Diagnostics;
using Curation.Clips.Streaming;
using Curation.Media.Analysis;
using Curation.Media.Processes;
using Curation.Media.Tests.Support;

namespace Curation.Media.Tests.Processes;

/// <summary>Their limits are fractions of a second, so nothing runs beside them.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FfmpegProcessLeavesNothingTests(MediaFolder media)
{
    private const string Name = "alone";
    private const string Command = "-f lavfi -i testsrc2=s=320x240:r=25:d=20 -f lavfi -i sine=d=20 -c:v libx264 -preset ultrafast -c:a mp2";

    [Fact]
    public async Task Source_that_stops_giving_data_is_ended_by_the_stall_limit()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "named pipes as here are Linux's");
        var real = await media.MakeAsync("stall.ts", Command);
        var info = await Parts.ProbeAsync(real);
        var fifo = media.PathOf("stalled-" + Guid.NewGuid().ToString("N") + ".ts");
        await Ffmpeg.RunAsync("mkfifo", [fifo]);

        // The writer gives a third of the stream and then holds the pipe open.
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(
            async () =>
            {
                await using var pipe = new FileStream(fifo, FileMode.Open, FileAccess.ReadWrite);
                var bytes = await File.ReadAllBytesAsync(real);
                try
                {
                    await pipe.WriteAsync(bytes.AsMemory(0, bytes.Length / 3), stop.Token);
                    await Task.Delay(Timeout.Infinite, stop.Token);
                }
                catch (OperationCanceledException)
                {
                    // The test is over.
                }
            },
            Parts.Cancel);
        var error = await Assert.ThrowsAsync<MediaException>(() => Parts.Analysis.RunAsync(
            info with { Path = fifo }, new RecordingSink(), new AnalysisOptions { StallLimit = TimeSpan.FromSeconds(1) }, Parts.Cancel));
        await stop.CancelAsync();
        await writer;

        Assert.Equal("analyse", error.Stage);
        Assert.Contains("no progress for 1 s", error.Reason, StringComparison.Ordinal);
        Assert.Empty(Running(fifo));
    }

    [Fact]
    public async Task Slow_sink_is_not_taken_for_a_hung_decoder()
    {
        var info = await Parts.ProbeAsync(await media.MakeAsync("stall.ts", Command));
        var summary = await Parts.Analysis.RunAsync(info, new SlowSink(TimeSpan.FromSeconds(1.2)), new AnalysisOptions { StallLimit = TimeSpan.FromSeconds(0.6) }, Parts.Cancel);

        Assert.Equal(500, summary.Pictures);
    }

    [Fact]
    public async Task Cancelling_ends_the_decoder()
    {
        var path = await media.MakeAsync("stall.ts", Command);
        var info = await Parts.ProbeAsync(path);
        using var cancel = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Parts.Analysis.RunAsync(info, new CancellingSink(cancel), new AnalysisOptions(), cancel.Token));
        Assert.Empty(Running(path));
    }

    [Fact]
    public async Task Child_dies_when_its_parent_is_killed_with_signal_nine()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && ProgramSearch.Find("setpriv") is not null, "needs Linux and setpriv of util-linux");
        var mark = media.PathOf("orphan-" + Guid.NewGuid().ToString("N"));

        // This very program, asked to be the parent: see ParentThatWaits.
        var program = Environment.ProcessPath!;
        string[] host = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(ParentThatWaits).Assembly.Location] : [];
        using var parent = Process.Start(new ProcessStartInfo(program, [.. host, "--filter-method", "*.Parent_that_waits_with_a_child"]) { Environment = { [ParentThatWaits.Variable] = mark }, RedirectStandardOutput = true })!;
        var child = await WaitForAsync(mark);
        Assert.NotEmpty(child);
        parent.Kill(entireProcessTree: false);
        await parent.WaitForExitAsync(Parts.Cancel);
        for (var i = 0; i < 100 && Running(mark).Count > 0; i++) await Task.Delay(50, Parts.Cancel);

        Assert.Empty(Running(mark));
    }

    /// <summary>Ids of the ffmpeg processes whose command line holds a text.</summary>
    private static List<int> Running(string text)
    {
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var id)) continue;
            try
            {
                var command = File.ReadAllText(Path.Combine(folder, "cmdline"));
                if (command.Contains("ffmpeg", StringComparison.Ordinal) && command.Contains(text, StringComparison.Ordinal)) found.Add(id);
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return found;
    }

    private static async Task<List<int>> WaitForAsync(string text)
    {
        for (var i = 0; i < 300; i++)
        {
            if (Running(text) is { Count: > 0 } found) return found;
            await Task.Delay(50, Parts.Cancel);
        }

        return [];
    }

    private sealed class SlowSink(TimeSpan pause) : IAnalysisSink
    {
        private int _pictures;

        public void OnPicture(in PictureView picture)
        {
            using var never = new ManualResetEventSlim();
            if (++_pictures == 10) never.Wait(pause);
        }

        public void OnSound(in SoundView sound)
        {
        }
    }

    private sealed class CancellingSink(CancellationTokenSource cancel) : IAnalysisSink
    {
        public void OnPicture(in PictureView picture) => cancel.Cancel();

        public void OnSound(in SoundView sound)
        {
        }
    }
}
