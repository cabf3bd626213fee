namespace Curation.Silo.Tests.EndToEnd;

/// <summary><c>curate verify</c> on the data set of the quickstart, whole and spoilt.</summary>
public sealed class VerifyCommandTests(QuickstartFixture quickstart)
{
    [Fact]
    public async Task Fresh_data_set_is_well()
    {
        await quickstart.ResultAsync();

        var result = (await CurateProcess.RunAsync("verify", "--dataset", quickstart.Dataset.Root, "--sample", "all", "--json")).Ended(0);

        var clips = quickstart.Dataset.Rows("triplets").Count;
        Assert.True(result.Json.GetProperty("well").GetBoolean());
        Assert.Equal((clips, clips), (result.Json.GetProperty("clips").GetInt32(), result.Json.GetProperty("sampled").GetInt32()));
        Assert.Equal(0, result.Json.GetProperty("not_run").GetArrayLength());
    }

    [Fact]
    public async Task Flipped_byte_missing_clip_and_truncated_clip_are_all_told()
    {
        await quickstart.ResultAsync();
        using var folder = new ScratchFolder();
        Tool.Run("cp", "-r", quickstart.Dataset.Root, folder.File("copy"));
        var copy = new WrittenDataset(folder.File("copy"));
        var media = copy.Rows("triplets", "media_path").Select(row => (string)row["media_path"]!).Order(StringComparer.Ordinal).ToList();
        var shard = copy.Shards("rejected")[0];
        var bytes = await File.ReadAllBytesAsync(copy.FullPath(shard), TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(copy.FullPath(shard), bytes, TestContext.Current.CancellationToken);
        File.Delete(copy.FullPath(media[0]));
        await using (var cut = new FileStream(copy.FullPath(media[1]), FileMode.Open)) cut.SetLength(cut.Length / 2);

        var result = (await CurateProcess.RunAsync("verify", "--dataset", copy.Root, "--sample", "all")).Ended(1);

        Assert.Contains($"shard {shard}: has SHA-256", result.Output, StringComparison.Ordinal);
        Assert.Contains($"media {media[0]}: is gone", result.Output, StringComparison.Ordinal);
        Assert.Contains($"media {media[1]}: has SHA-256", result.Output, StringComparison.Ordinal);
        Assert.Contains($"sample {media[1]}: ", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_command_ends_with_2()
    {
        using var folder = new ScratchFolder();

        var result = (await CurateProcess.RunAsync("verify", "--dataset", folder.Path, "--sample", "some")).Ended(2);

        Assert.All(["dataset.json", "--sample some"], fault => Assert.Contains(fault, result.Errors, StringComparison.Ordinal));
    }
}
