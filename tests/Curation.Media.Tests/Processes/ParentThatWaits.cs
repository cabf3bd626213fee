using Curation.Media.Processes;
using Curation.Media.Tests.Support;

namespace Curation.Media.Tests.Processes;

/// <summary>Not a test of its own: the parent that <see cref="FfmpegProcessLeavesNothingTests"/> starts and kills.</summary>
public sealed class ParentThatWaits
{
    public const string Variable = "CURATION_TEST_PARENT";

    [Fact]
    public async Task Parent_that_waits_with_a_child()
    {
        var mark = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(mark), "runs only as the child process of another test");
        var paths = await Parts.Tools.LocateAsync(Parts.Cancel);
        await using var process = await FfmpegProcess.StartAsync(
            paths.Ffmpeg, 0, _ => ["-nostdin", "-v", "error", "-re", "-f", "lavfi", "-i", "testsrc2=d=60", "-metadata", "title=" + mark, "-f", "null", "-"], "cut");
        await process.ExitAsync();
    }
}
