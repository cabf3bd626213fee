using Curation.Media.Analysis;
using Curation.Media.Probing;
using Curation.Media.Processes;
using Curation.Pipeline.Analysis;
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

        await new SourceAnalyser(new AnalysisStream(tools, TimeProvider.System), scratch)
            .AnalyseAsync(info, TimeSpan.FromSeconds(30), 1, null, used, (_, _) => Task.CompletedTask, TestContext.Current.CancellationToken);

        // A still a second of 320 x 180 x 1.5 bytes.
        Assert.InRange(used.Most, 120L * 320 * 180 * 3 / 2, 16L << 20);
        Assert.Equal(0, scratch.Work.Used);
        Assert.Empty(Directory.GetFiles(scratch.Prepare()));
    }

    private sealed class Used(ScratchSpace scratch) : IProgress<double>
    {
        public long Most { get; private set; }

        public void Report(double value) => Most = Math.Max(Most, scratch.Work.Used);
    }
}
