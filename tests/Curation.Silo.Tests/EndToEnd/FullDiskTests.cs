using System.Text.RegularExpressions;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>A disk that fills up ends a run with the reason; once there is room, the next run completes it.</summary>
public sealed partial class FullDiskTests(UndisturbedRun undisturbed)
{
    [Theory]
    [InlineData("64k")]
    [InlineData("400k")]
    public async Task Full_disk_is_told_and_the_rerun_completes(string size)
    {
        using var folder = new ScratchFolder();
        var output = folder.Folder("small disk");
        Assert.SkipWhen(Tool.Try("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", output).ExitCode != 0, "a small disk cannot be mounted here: it takes root and the right to mount");
        try
        {
            await undisturbed.ReadyAsync();
            var full = await CurateProcess.RunAsync(undisturbed.Arguments(output));

            Assert.True(full.ExitCode is 1 or 3 or 4, $"{full.ExitCode}: {full.Said}");
            Assert.True(NoSpace().IsMatch(full.Said), $"it does not say that no space is left: {full.Said}");
            Assert.False(full.Said.Contains("   at Curation", StringComparison.Ordinal), full.Said);

            Tool.Run("mount", "-o", "remount,size=64m", output);
            (await CurateProcess.RunAsync(undisturbed.Arguments(output))).Ended(0);

            new WrittenDataset(output).AssertSameRows(undisturbed.Dataset);
            new WrittenDataset(output).AssertNothingLeftOver();
        }
        finally
        {
            Tool.Run("umount", "-l", output);
        }
    }

    [GeneratedRegex("no space|disk is full", RegexOptions.IgnoreCase)]
    private static partial Regex NoSpace();
}
