using Curation.Media.Analysis;
using Curation.Media.Probing;
using Curation.Media.Processes;
using Curation.Pipeline.Analysis;
using Curation.Pipeline.Budgets;
using Curation.Pipeline.Scratch;
using Curation.Pipeline.Tests.Support;

namespace Curation.Pipeline.Tests.Analysis;

public sealed class SourceAnalyserTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Long_source_takes_room_in_scratch_while_it_is_decoded_and_gives_it_back()
    {
        var path = Path.Combine(_folder.Path, "long.mp4");
        await MadeVideos.MakeAsync(path, "-f lavfi -i testsrc2=s=320x180:r=5:d=120 -f lavfi -i sine=f=440:d=120 -c:v libx264 -preset ultrafast -c:a aac");
        var tools = new FfmpegTools();
        using var scratch = new ScratchSpace(new ScratchOptions { Folder = Path.Combine(_folder.Path, "scratch"), Bytes = 1L << 30 });
        var info = await new MediaProbe(tools, TimeProvider.System).ProbeAsync(path, TestContext.Current.CancellationToken);
        var used = new Used(scratch);

        await new SourceAnalyser(new AnalysisStream(tools, TimeProvider.System), scratch, new MemoryBudget(new MemoryOptions()))
            .AnalyseAsync(info, TimeSpan.FromSeconds(30), 1, null, used, (_, _) => Task.CompletedTask, TestContext.Current.CancellationToken);

        // A still a second of 320 x 180 x 1.5 bytes.
        Assert.InRange(used.Most, 120L * 320 * 180 * 3 / 2, 16L << 20);
        Assert.Equal(0, scratch.Work.Used);
        Assert.Empty(Directory.GetFiles(scratch.Prepare()));
    }

    [Fact]
    public async Task Decode_waits_until_the_memory_it_needs_is_free()
    {
        var path = Path.Combine(_folder.Path, "short.mp4");
        await MadeVideos.MakeAsync(path, "-f lavfi -i testsrc2=s=160x90:r=5:d=1 -f lavfi -i sine=f=440:d=1 -c:v libx264 -preset ultrafast -c:a aac");
        var tools = new FfmpegTools();
        using var scratch = new ScratchSpace(new ScratchOptions { Folder = Path.Combine(_folder.Path, "scratch"), Bytes = 1L << 30 });
        var info = await new MediaProbe(tools, TimeProvider.System).ProbeAsync(path, TestContext.Current.CancellationToken);
        var memory = new MemoryBudget(new MemoryOptions { Bytes = 1 << 20 });
        var other = await memory.HoldAsync(1, TestContext.Current.CancellationToken);
        var clips = 0;

        var analysis = new SourceAnalyser(new AnalysisStream(tools, TimeProvider.System), scratch, memory)
            .AnalyseAsync(info, TimeSpan.FromSeconds(30), 1, null, new Used(scratch), (_, _) => { clips++; return Task.CompletedTask; }, TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken);
        Assert.Equal((0, 1L), (clips, memory.Used));
        other.Dispose();
        await analysis;

        Assert.Equal((1, 0L), (clips, memory.Used));
    }

    private sealed class Used(ScratchSpace scratch) : IProgress<double>
    {
        public long Most { get; private set; }

        public void Report(double value) => Most = Math.Max(Most, scratch.Work.Used);
    }
}
