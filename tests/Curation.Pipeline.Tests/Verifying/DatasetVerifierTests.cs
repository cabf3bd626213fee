using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Curation.Pipeline.Tests.Support;
using Curation.Pipeline.Verifying;

namespace Curation.Pipeline.Tests.Verifying;

public sealed class DatasetVerifierTests(MadeDataset made) : IClassFixture<MadeDataset>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Data_set_as_it_was_written_is_well()
    {
        using var tools = new VerifyTools();

        var report = await tools.VerifyAsync(new LocalDatasetStore(made.Path), new VerifyOptions { Sample = null });

        Assert.Empty(report.Problems);
        Assert.Empty(report.Warnings);
        Assert.Empty(report.NotRun);
        Assert.Equal((made.Clips.Count, made.Clips.Count, 0), (report.Clips, report.Sampled, report.Strays));
        Assert.Equal(made.Clips.Sum(clip => new FileInfo(Path.Combine(made.Path, clip.MediaPath!)).Length), report.MediaBytes);
    }

    [Fact]
    public async Task Store_that_is_no_folder_is_looked_at_as_closely_and_leaves_nothing_in_scratch()
    {
        using var tools = new VerifyTools();
        var store = new MemoryStore();
        foreach (var file in Directory.EnumerateFiles(made.Path, "*", SearchOption.AllDirectories)) store.Objects[Path.GetRelativePath(made.Path, file)] = await File.ReadAllBytesAsync(file, Stop);
        var cut = made.Clips[1].MediaPath!;
        store.Objects[cut] = store.Objects[cut][..^2000];

        var report = await tools.VerifyAsync(store, new VerifyOptions { Sample = null });

        Assert.Equal(made.Clips.Count, report.Sampled);
        Assert.Contains(report.Problems, problem => problem.Check == VerifyProblem.Sample);
        Assert.All(report.Problems, problem => Assert.Equal(cut, problem.Path));
        Assert.Empty(tools.ScratchFiles);
    }

    [Fact]
    public async Task Flipped_byte_missing_clip_and_truncated_clip_are_all_found_and_named()
    {
        using var tools = new VerifyTools();
        using var folder = new TemporaryFolder();
        var store = made.CopyTo(folder);
        var manifest = await new SnapshotReader(store).ReadManifestAsync(Stop);

        var flipped = (await AddHeldShardAsync(store, manifest)).Path;
        Flip(store.FullPath(flipped));
        var (gone, cut) = (made.Clips[0].MediaPath!, made.Clips[1].MediaPath!);
        File.Delete(store.FullPath(gone));
        Truncate(store.FullPath(cut), 0.6);

        var report = await tools.VerifyAsync(store, new VerifyOptions { Sample = null });

        Assert.Equal([(VerifyProblem.Shard, flipped), (VerifyProblem.Media, gone), (VerifyProblem.Media, cut)], report.Problems.Where(problem => problem.Check != VerifyProblem.Sample).OrderBy(problem => problem.Path == cut).Select(problem => (problem.Check, problem.Path)));
        Assert.Contains(report.Problems, problem => problem == new VerifyProblem(VerifyProblem.Media, gone, "is gone"));
        Assert.Contains(report.Problems, problem => problem.Check == VerifyProblem.Media && problem.Path == cut && problem.Problem.Contains(made.Clips[1].MediaSha256!, StringComparison.Ordinal));
        Assert.Contains(report.Problems, problem => problem.Check == VerifyProblem.Sample && problem.Path == cut && problem.Problem.Contains("s of picture", StringComparison.Ordinal));
        Assert.Equal(made.Clips.Count - 1, report.Sampled);
    }

    [Fact]
    public async Task Clips_of_a_damaged_shard_are_said_not_to_have_been_looked_at()
    {
        using var tools = new VerifyTools();
        using var folder = new TemporaryFolder();
        var store = made.CopyTo(folder);
        var shards = (await new SnapshotReader(store).ReadManifestAsync(Stop)).Shards.Where(shard => shard.Split is not null).ToList();
        Flip(store.FullPath(shards[0].Path));

        var report = await tools.VerifyAsync(store, new VerifyOptions { Sample = 0 });

        var problem = Assert.Single(report.Problems);
        Assert.Equal((VerifyProblem.Shard, shards[0].Path), (problem.Check, problem.Path));
        Assert.Contains(shards[0].Sha256, problem.Problem, StringComparison.Ordinal);
        Assert.Contains(report.NotRun, check => check.Contains(shards[0].Path, StringComparison.Ordinal));
        Assert.Null(report.Strays);
        Assert.Equal(made.Clips.Count - shards[0].Rows, report.Clips);
    }

    [Fact]
    public async Task Missing_shard_is_named()
    {
        using var tools = new VerifyTools();
        using var folder = new TemporaryFolder();
        var store = made.CopyTo(folder);
        var shard = (await new SnapshotReader(store).ReadManifestAsync(Stop)).Shards[0].Path;
        File.Delete(store.FullPath(shard));

        Assert.Contains(new VerifyProblem(VerifyProblem.Shard, shard, "is gone"), (await tools.VerifyAsync(store, new VerifyOptions { Sample = 0 })).Problems);
    }

    [Fact]
    public async Task Media_that_no_row_names_is_a_warning_and_no_problem()
    {
        using var tools = new VerifyTools();
        using var folder = new TemporaryFolder();
        var store = made.CopyTo(folder);
        await store.PutAsync("clips/ff/stray.mp4", "stray"u8.ToArray(), Stop);

        var report = await tools.VerifyAsync(store, new VerifyOptions { Sample = 0 });

        Assert.Empty(report.Problems);
        Assert.Equal(1, report.Strays);
        Assert.Contains("clips/ff/stray.mp4", Assert.Single(report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_ffmpeg_the_sample_is_said_not_to_have_run_and_the_rest_is_checked()
    {
        using var tools = new VerifyTools(ffmpegFolder: "/nowhere");

        var report = await tools.VerifyAsync(new LocalDatasetStore(made.Path));

        Assert.Empty(report.Problems);
        Assert.Equal((made.Clips.Count, 0), (report.Clips, report.Sampled));
        Assert.Contains("/nowhere", Assert.Single(report.NotRun), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Sample_is_as_large_as_it_was_asked_for(int sample)
    {
        using var tools = new VerifyTools();

        Assert.Equal(sample, (await tools.VerifyAsync(new LocalDatasetStore(made.Path), new VerifyOptions { Sample = sample })).Sampled);
    }

    // Damage in a shard of retained clips would take the rows of their media with it.
    private static async Task<ManifestShard> AddHeldShardAsync(LocalDatasetStore store, SnapshotManifest manifest)
    {
        var copied = manifest.Shards[0];
        var shard = copied with { Path = "held/copy.parquet", Split = null };
        await store.PutAsync(shard.Path, await File.ReadAllBytesAsync(store.FullPath(copied.Path), Stop), Stop);
        var text = await File.ReadAllTextAsync(store.FullPath(SnapshotManifest.Path), Stop);
        var json = System.Text.Json.Nodes.JsonNode.Parse(text)!;
        json["shards"]!.AsArray().Add(System.Text.Json.Nodes.JsonNode.Parse($$"""{"path":"{{shard.Path}}","split":null,"rows":{{shard.Rows}},"sha256":"{{shard.Sha256}}"}"""));
        await File.WriteAllTextAsync(store.FullPath(SnapshotManifest.Path), json.ToJsonString(), Stop);
        return shard;
    }

    private static void Flip(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    private static void Truncate(string file, double share)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write);
        stream.SetLength((long)(stream.Length * share));
    }
}
