namespace Curation.Silo.Tests.EndToEnd;

/// <summary>One run over a folder of bad files: each is quarantined with a reason, the good ones among them are done.</summary>
public sealed class HostileInputTests(HostileInputTests.Run run) : IClassFixture<HostileInputTests.Run>
{
    /// <summary>The one run.</summary>
    public sealed class Run : IAsyncLifetime
    {
        private readonly ScratchFolder _folder = new();

        internal CurateResult Result { get; private set; } = null!;

        internal WrittenDataset Dataset => new(_folder.File("out"));

        public async ValueTask InitializeAsync()
        {
            var input = _folder.Folder("a", "b", "in");
            HostileFolder.Write(input);
            Result = await CurateProcess.RunAsync("run", "--input", input, "--output", Dataset.Root, "--policy", MadeMedia.WriteKeepAll(_folder));
        }

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    public static TheoryData<string> GoodNames => [.. HostileFolder.GoodNames];

    [Fact]
    public void Run_goes_on_and_ends_with_3() => run.Result.Ended(3);

    [Theory]
    [MemberData(nameof(GoodNames))]
    public void Good_media_is_done_whatever_its_name(string name)
    {
        var row = Assert.Single(run.Dataset.Rows("triplets"), row => WrittenDataset.NameOf(row["source_uri"]) == name);

        Assert.Equal(1.0, (double)row["duration_s"]!, 1e-6);
        ClipMedia.AssertContract(run.Dataset, row);
    }

    [Theory]
    [InlineData("truncated.mp4", "analyse", "")]
    [InlineData("zero.mp4", "open", "empty")]
    [InlineData("text.mp4", "probe", "not media")]
    [InlineData("broken-moov.mp4", null, "")]
    [InlineData("no-audio.mp4", "probe", "no audio stream")]
    [InlineData("no-video.mp4", "probe", "no video stream")]
    [InlineData("one-pixel.mkv", "probe", "1 x 1")]
    [InlineData("playlist.mp4", "probe", "not a container")]
    [InlineData("concat.mp4", "probe", "not a container")]
    [InlineData("pipe.mp4", "open", "not a regular file")]
    [InlineData("self.mp4", "open", "")]
    [InlineData("dangling.mp4", "open", "no such file")]
    public void Bad_file_is_quarantined_with_a_reason(string name, string? stage, string reason)
    {
        var row = Assert.Single(run.Dataset.Rows("quarantine"), row => WrittenDataset.NameOf(row["source_uri"]) == name);

        if (stage is not null) Assert.Equal(stage, row["stage"]);
        var said = (string)row["reason"]!;
        Assert.Contains(reason, said, StringComparison.Ordinal);
        Assert.True(said.Length is > 8 and < 400, said);
        Assert.DoesNotContain("xception", said, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("garbage-inside.mp4")]
    [InlineData("short.mp4")]
    public void Damaged_or_short_media_is_done_or_quarantined_once(string name)
    {
        var clips = run.Dataset.Clips().Count(clip => WrittenDataset.NameOf(clip.Row["source_uri"]) == name);
        var quarantined = run.Dataset.Rows("quarantine").Where(row => WrittenDataset.NameOf(row["source_uri"]) == name).ToList();

        Assert.True((clips > 0) != (quarantined.Count == 1), $"{clips} clips, {quarantined.Count} quarantine rows");
        Assert.All(quarantined, row => Assert.DoesNotContain("unexpected", (string)row["reason"]!, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_file_is_in_the_data_set_once()
    {
        var sources = run.Dataset.Clips().Select(clip => (string)clip.Row["source_uri"]!).Distinct().Concat(run.Dataset.Rows("quarantine").Select(row => (string)row["source_uri"]!)).ToList();

        // Ten good names, and fourteen others; loops, folders and hidden files are no sources.
        Assert.Equal(sources.Distinct(), sources);
        Assert.Equal(HostileFolder.GoodNames.Count + 14, sources.Count);
    }

    [Fact]
    public void Output_shows_no_raw_line_break_and_no_stack()
    {
        Assert.DoesNotContain("   at ", run.Result.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("line\nbreak", run.Result.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", run.Result.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void Clips_are_only_those_of_the_rows() => run.Dataset.AssertNothingLeftOver();
}
