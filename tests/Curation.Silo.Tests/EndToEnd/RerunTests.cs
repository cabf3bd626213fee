namespace Curation.Silo.Tests.EndToEnd;

/// <summary>Running again does only what changed.</summary>
public sealed class RerunTests
{
    private static readonly string[] JsonNames =
    [
        "run_id", "sources", "quarantined", "clips", "retained", "held", "rejected", "by_filter", "by_split", "media_seconds", "wall_seconds", "analysis_seconds", "decode_passes", "dataset", "pending",
    ];

    [Fact]
    public async Task Rerun_does_only_what_changed()
    {
        using var folder = new ScratchFolder();
        var (input, output, policy) = (folder.Folder("in"), folder.File("out"), MadeMedia.WriteKeepAll(folder));
        MadeMedia.Moving(Path.Combine(input, "a.mp4"), 2, 1);
        MadeMedia.Moving(Path.Combine(input, "b.mp4"), 3, 2);
        await File.WriteAllTextAsync(Path.Combine(input, "c.mp4"), "no video", TestContext.Current.CancellationToken);
        var dataset = new WrittenDataset(output);

        // The first run, and the contract of --json.
        var first = (await RunAsync()).Ended(3);
        Assert.Equal(JsonNames, first.Json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            (3, 1, 3, 3, 0, 0, 2),
            (Number(first, "sources"), Number(first, "quarantined"), Number(first, "clips"), Number(first, "retained"), Number(first, "held"), Number(first, "rejected"), Number(first, "decode_passes")));
        Assert.Equal(5, first.Json.GetProperty("media_seconds").GetDouble(), 1);
        Assert.Equal(output, first.Json.GetProperty("dataset").GetString());
        Assert.Equal(3, first.Json.GetProperty("by_split").EnumerateObject().Sum(split => split.Value.GetInt32()));
        Assert.Single(first.Output.Trim().Split('\n'));
        var manifest = await File.ReadAllBytesAsync(dataset.FullPath("dataset.json"), TestContext.Current.CancellationToken);

        // Again, told to a person.
        var again = (await CurateProcess.RunAsync("run", "--input", input, "--output", output, "--policy", policy)).Ended(3);
        Assert.Contains("Nothing to do", again.Output, StringComparison.Ordinal);
        await AssertSameManifestAsync();

        // A touched file is read, not decoded.
        File.SetLastWriteTimeUtc(Path.Combine(input, "a.mp4"), new DateTime(2020, 2, 2, 2, 2, 2, DateTimeKind.Utc));
        Assert.Equal(0, Number((await RunAsync()).Ended(3), "decode_passes"));
        await AssertSameManifestAsync();

        // What the report is made from is there: a deleted report comes back. Without its posters it is poorer, not broken.
        File.Delete(dataset.FullPath("report.html"));
        Directory.Delete(dataset.FullPath("posters"), recursive: true);
        Assert.Equal(0, Number((await RunAsync()).Ended(3), "decode_passes"));
        Assert.True(File.Exists(dataset.FullPath("report.html")));
        await AssertSameManifestAsync();

        // A source with other content is done again, alone; the clips of the old content are no rows any more.
        var before = dataset.Rows("triplets").ToDictionary(row => (string)row["clip_id"]!);
        MadeMedia.Moving(Path.Combine(input, "a.mp4"), 2, 7);
        Assert.Equal(1, Number((await RunAsync()).Ended(3), "decode_passes"));
        var after = dataset.Rows("triplets").ToDictionary(row => (string)row["clip_id"]!);
        Assert.Equal(3, after.Count);
        Assert.Equal(["b.mp4", "b.mp4"], before.Keys.Intersect(after.Keys).Select(id => WrittenDataset.NameOf(after[id]["source_uri"])));
        Assert.NotEqual(manifest, await File.ReadAllBytesAsync(dataset.FullPath("dataset.json"), TestContext.Current.CancellationToken));

        // Other limits judge every source anew, from what its one decode said.
        var stricter = (await CurateProcess.RunAsync("run", "--input", input, "--output", output, "--policy", MadeMedia.WriteRejectAll(folder), "--json")).Ended(4);
        Assert.Equal(0, Number(stricter, "decode_passes"));
        Assert.Empty(dataset.Rows("triplets"));
        Assert.Equal(3, dataset.Rows("rejected").Count);

        Task<CurateResult> RunAsync() => CurateProcess.RunAsync("run", "--input", input, "--output", output, "--policy", policy, "--json");

        async Task AssertSameManifestAsync() => Assert.Equal(manifest, await File.ReadAllBytesAsync(dataset.FullPath("dataset.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Deleted_clip_media_comes_back()
    {
        using var folder = new ScratchFolder();
        var (input, output, policy) = (folder.File("a.mp4"), folder.File("out"), MadeMedia.WriteKeepAll(folder));
        MadeMedia.Moving(input, 2);
        (await CurateProcess.RunAsync("run", "--input", input, "--output", output, "--policy", policy)).Ended(0);
        var media = new WrittenDataset(output).FullPath((string)new WrittenDataset(output).Rows("triplets")[0]["media_path"]!);
        File.Delete(media);

        var again = (await CurateProcess.RunAsync("run", "--input", input, "--output", output, "--policy", policy)).Ended(0);

        Assert.True(File.Exists(media), $"the row stands, its media is gone, and the run says: {again.Output}");
    }

    [Fact]
    public async Task Same_content_under_two_names_counts_once_everywhere()
    {
        using var folder = new ScratchFolder();
        var (input, output, policy) = (folder.Folder("in"), folder.File("out"), MadeMedia.WriteKeepAll(folder));
        MadeMedia.Moving(Path.Combine(input, "a.mp4"), 2);
        File.Copy(Path.Combine(input, "a.mp4"), Path.Combine(input, "b.mp4"));

        var result = (await CurateProcess.RunAsync("run", "--input", input, "--output", output, "--policy", policy, "--json", "--parallelism", "1")).Ended(0);

        Assert.Single(new WrittenDataset(output).Rows("triplets"));
        Assert.Equal(1, Number(result, "decode_passes"));
        Assert.Equal(1, Number(result, "retained"));
    }

    private static int Number(CurateResult result, string name) => result.Json.GetProperty(name).GetInt32();
}
