namespace Curation.Silo.Tests.EndToEnd;

/// <summary>A run that dies at any moment is finished by the next one, with the same rows, and leaves no process and no file behind.</summary>
public sealed class CrashTests(UndisturbedRun undisturbed)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Moments of a run, as seen from outside.</summary>
    public enum Moment
    {
        /// <summary>A decoder is at work.</summary>
        Decoding,

        /// <summary>An encoder is writing a clip.</summary>
        Cutting,

        /// <summary>A source is done, others are not.</summary>
        SourceDone,

        /// <summary>The first shard is ready, the manifest does not stand yet.</summary>
        Committing,

        /// <summary>The manifest stands; report and card may not.</summary>
        Committed,
    }

    [Theory]
    [InlineData(Moment.Decoding)]
    [InlineData(Moment.Cutting)]
    [InlineData(Moment.SourceDone)]
    [InlineData(Moment.Committing)]
    [InlineData(Moment.Committed)]
    public async Task Killed_run_is_finished_by_the_next_one(Moment moment)
    {
        await undisturbed.ReadyAsync();
        var dataset = new WrittenDataset(undisturbed.Folder.File($"killed {moment}"));
        await using (var doomed = CurateProcess.Start(null, null, undisturbed.Arguments(dataset.Root)))
        {
            Assert.True(await Tool.UntilAsync(() => doomed.HasExited || IsAt(moment, dataset), Limit, moment == Moment.Decoding ? 25 : 2), $"{moment} never came. It said:\n{doomed.Said}");
            doomed.Kill();
            await doomed.ExitAsync();
        }

        await AssertNoFfmpegAsync();
        (await CurateProcess.RunAsync(undisturbed.Arguments(dataset.Root))).Ended(0);

        dataset.AssertSameRows(undisturbed.Dataset);
        dataset.AssertNothingLeftOver();
        Assert.Empty(Unfinished(dataset));
        Assert.True(File.Exists(dataset.FullPath("report.html")) && File.Exists(dataset.FullPath("README.md")));
    }

    [Fact]
    public async Task Interrupted_run_refuses_a_second_one_ends_its_processes_and_is_finished_by_the_next()
    {
        await undisturbed.ReadyAsync();
        var dataset = new WrittenDataset(undisturbed.Folder.File("interrupted"));
        await using (var doomed = CurateProcess.Start(null, null, undisturbed.Arguments(dataset.Root)))
        {
            Assert.True(await Tool.UntilAsync(() => IsAt(Moment.Decoding, dataset), Limit));

            // Meanwhile a second run on the same output is refused, and does not disturb the first.
            var second = (await CurateProcess.RunAsync(undisturbed.Arguments(dataset.Root))).Ended(2);
            Assert.Contains("another run", second.Errors, StringComparison.Ordinal);

            Assert.False(doomed.HasExited, $"it ended before it was interrupted: {doomed.Said}");
            doomed.Interrupt();
            var result = (await doomed.ExitAsync()).Ended(130);

            Assert.Contains("cancelled", result.Errors, StringComparison.Ordinal);
            Assert.Contains("Run the same command again", result.Errors, StringComparison.Ordinal);
            Assert.False(result.Said.Contains("xception", StringComparison.Ordinal), result.Said);
        }

        Assert.Empty(Tool.Running("ffmpeg", undisturbed.Input));
        Assert.Empty(Unfinished(dataset));
        Assert.False(File.Exists(dataset.FullPath("dataset.json")));

        (await CurateProcess.RunAsync(undisturbed.Arguments(dataset.Root))).Ended(0);

        dataset.AssertSameRows(undisturbed.Dataset);
        dataset.AssertNothingLeftOver();
    }

    private bool IsAt(Moment moment, WrittenDataset dataset) => moment switch
    {
        Moment.Decoding => Directory.Exists(dataset.Root) && Tool.Running("ffmpeg", undisturbed.Input).Any(line => line.Contains("rawvideo", StringComparison.Ordinal)),
        Moment.Cutting => Files(dataset, "clips", "*.part").Any(file => file.Length > 0),
        Moment.SourceDone => Files(dataset, "_state/sources", "*.json").Any(),
        Moment.Committing => Files(dataset, "_state/staging", "*.new").Any(),
        _ => File.Exists(dataset.FullPath("dataset.json")),
    };

    /// <summary>Half-written files of any kind, hidden ones included.</summary>
    private static IEnumerable<string> Unfinished(WrittenDataset dataset) =>
        Files(dataset, "", "*.part").Concat(Files(dataset, "", ".tmp*")).Select(file => Path.GetRelativePath(dataset.Root, file.FullName));

    private static IReadOnlyList<FileInfo> Files(WrittenDataset dataset, string below, string pattern)
    {
        var folder = new DirectoryInfo(dataset.FullPath(below));
        try
        {
            return folder.Exists ? [.. folder.EnumerateFiles(pattern, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })] : [];
        }
        catch (DirectoryNotFoundException)
        {
            // It went between the question and the answer.
            return [];
        }
    }

    private async Task AssertNoFfmpegAsync() =>
        Assert.True(await Tool.UntilAsync(() => Tool.Running("ffmpeg", undisturbed.Input).Count == 0, TimeSpan.FromSeconds(5)), string.Join('\n', Tool.Running("ffmpeg", undisturbed.Input)));
}
