namespace Curation.Silo.Tests.EndToEnd;

/// <summary>A run that dies at any moment is finished by the next one, with the same rows, and leaves no process and no file behind.</summary>
public sealed class CrashTests(CrashTests.Undisturbed undisturbed) : IClassFixture<CrashTests.Undisturbed>
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>The sources of these tests and the run to compare with.</summary>
    public sealed class Undisturbed : IAsyncLifetime
    {
        internal ScratchFolder Folder { get; } = new();

        internal string Input => Folder.File("in");

        internal string Policy { get; private set; } = "";

        internal WrittenDataset Dataset => new(Folder.File("undisturbed"));

        public async ValueTask InitializeAsync()
        {
            Policy = MadeMedia.WriteKeepAll(Folder);
            Directory.CreateDirectory(Input);
            for (var seed = 1; seed <= 3; seed++) MadeMedia.Moving(Path.Combine(Input, $"{seed}.mp4"), 4, seed);
            (await CurateProcess.RunAsync(Arguments(Dataset.Root))).Ended(0);
        }

        public ValueTask DisposeAsync()
        {
            Folder.Dispose();
            return ValueTask.CompletedTask;
        }

        internal string[] Arguments(string output) => ["run", "--input", Input, "--output", output, "--policy", Policy];
    }

    /// <summary>Moments of a run, as seen from outside.</summary>
    public enum Moment
    {
        /// <summary>A decoder is at work.</summary>
        Decoding,

        /// <summary>An encoder is writing a clip.</summary>
        Cutting,

        /// <summary>A clip's media has its name.</summary>
        ClipWritten,

        /// <summary>A source is done, others are not.</summary>
        SourceDone,

        /// <summary>The first shard has its name, the manifest does not stand yet.</summary>
        Committing,

        /// <summary>The manifest stands; report and card may not.</summary>
        Committed,
    }

    [Theory]
    [InlineData(Moment.Decoding)]
    [InlineData(Moment.Cutting)]
    [InlineData(Moment.ClipWritten)]
    [InlineData(Moment.SourceDone)]
    [InlineData(Moment.Committing)]
    [InlineData(Moment.Committed)]
    public async Task Killed_run_is_finished_by_the_next_one(Moment moment)
    {
        var dataset = new WrittenDataset(undisturbed.Folder.File($"killed {moment}"));
        await using (var doomed = CurateProcess.Start(null, null, undisturbed.Arguments(dataset.Root)))
        {
            Assert.True(await Tool.UntilAsync(() => doomed.HasExited || IsAt(moment, dataset), Limit), $"{moment} never came. It said:\n{doomed.Said}");
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
    public async Task Interrupted_run_says_so_ends_its_processes_and_is_finished_by_the_next_one()
    {
        var dataset = new WrittenDataset(undisturbed.Folder.File("interrupted"));
        await using (var doomed = CurateProcess.Start(null, null, undisturbed.Arguments(dataset.Root)))
        {
            Assert.True(await Tool.UntilAsync(() => IsAt(Moment.Cutting, dataset), Limit));
            doomed.Interrupt();
            var result = (await doomed.ExitAsync()).Ended(130);

            Assert.Contains("cancelled", result.Errors, StringComparison.Ordinal);
            Assert.Contains("Run the same command again", result.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("xception", result.Said, StringComparison.Ordinal);
        }

        Assert.Empty(Tool.Running("ffmpeg", undisturbed.Input));
        Assert.Empty(Unfinished(dataset));
        Assert.False(File.Exists(dataset.FullPath("dataset.json")));

        (await CurateProcess.RunAsync(undisturbed.Arguments(dataset.Root))).Ended(0);

        dataset.AssertSameRows(undisturbed.Dataset);
        dataset.AssertNothingLeftOver();
    }

    [Fact]
    public async Task Second_run_on_the_same_output_is_refused()
    {
        var output = undisturbed.Folder.File("two at once");
        await using var first = CurateProcess.Start(null, null, undisturbed.Arguments(output));
        Assert.True(await Tool.UntilAsync(() => IsAt(Moment.Decoding, new WrittenDataset(output)), Limit));

        var second = (await CurateProcess.RunAsync(undisturbed.Arguments(output))).Ended(2);

        Assert.Contains("another run", second.Errors, StringComparison.Ordinal);
        (await first.ExitAsync()).Ended(0);
        new WrittenDataset(output).AssertSameRows(undisturbed.Dataset);
    }

    private bool IsAt(Moment moment, WrittenDataset dataset) => moment switch
    {
        Moment.Decoding => Directory.Exists(dataset.Root) && Tool.Running("ffmpeg", undisturbed.Input).Any(line => line.Contains("rawvideo", StringComparison.Ordinal)),
        Moment.Cutting => Files(dataset, "clips", "*.part").Any(file => file.Length > 0),
        Moment.ClipWritten => Files(dataset, "clips", "*.mp4").Any(),
        Moment.SourceDone => Files(dataset, "_state/sources", "*.json").Any(),
        Moment.Committing => Files(dataset, "triplets", "*.parquet").Any(),
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
