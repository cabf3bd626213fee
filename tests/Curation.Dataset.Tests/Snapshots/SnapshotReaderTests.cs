using System.Text.Json;
using Curation.Clips;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Tests.Snapshots;

public sealed class SnapshotReaderTests : IDisposable
{
    private readonly SampleDataset _dataset = new();

    private static CancellationToken Cancel => SampleDataset.Cancel;

    public void Dispose() => _dataset.Dispose();

    [Fact]
    public async Task Folder_without_manifest_is_not_a_data_set()
    {
        Assert.Null(await _dataset.Reader.FindManifestAsync(Cancel));
        await Assert.ThrowsAsync<DatasetException>(() => _dataset.Reader.ReadManifestAsync(Cancel));
    }

    [Fact]
    public async Task Manifest_has_the_names_of_the_contract()
    {
        await CommitAsync();

        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(_dataset.Path, "dataset.json"), Cancel));

        // Besides those of the contract: where its commit kept the shards until they had their places.
        Assert.Equal(["id", "parent", "created_utc", "staging", "pipeline_version", "policy", "models", "shards", "funnel", "hours"], Names(json.RootElement));
        Assert.Equal(["name", "sha256"], Names(json.RootElement.GetProperty("policy")));
        Assert.Equal(["slot", "name", "version", "sha256"], Names(json.RootElement.GetProperty("models")[0]));
        Assert.Equal(["path", "split", "rows", "sha256"], Names(json.RootElement.GetProperty("shards")[0]));
        string[] funnel = ["sources", "quarantined", "duplicates", "clips", "retained", "held", "rejected", "by_filter", "by_split"];
        Assert.Empty(funnel.Except(Names(json.RootElement.GetProperty("funnel"))));
        Assert.Equal("2026-03-01T12:00:00", json.RootElement.GetProperty("created_utc").GetString()![..19]);
    }

    [Fact]
    public async Task One_clip_is_found_by_its_name()
    {
        var manifest = await CommitAsync();
        var wanted = SampleOutcomes.Source(3).Clips[5];

        Assert.Equal(SampleOutcomes.Print(wanted), SampleOutcomes.Print((await _dataset.Reader.FindClipAsync(manifest, wanted.Id, Cancel))!));
        Assert.Null(await _dataset.Reader.FindClipAsync(manifest, new ClipId("none"), Cancel));
    }

    [Fact]
    public async Task Only_one_outcome_is_read_where_asked()
    {
        var manifest = await CommitAsync();

        Assert.Equal(5, (await _dataset.ReadClipsAsync(manifest, ClipOutcome.Rejected)).Count);
        Assert.All(await _dataset.ReadClipsAsync(manifest, ClipOutcome.Held), clip => Assert.Equal(ClipOutcome.Held, clip.Outcome));
    }

    [Fact]
    public async Task Whole_data_set_verifies()
    {
        Assert.Empty(await VerifyAsync(await CommitAsync()));
    }

    [Fact]
    public async Task Changed_byte_and_missing_shard_are_found()
    {
        var manifest = await CommitAsync();
        var (changed, missing) = (manifest.Shards[0].Path, manifest.Shards[1].Path);
        var bytes = await File.ReadAllBytesAsync(Path.Combine(_dataset.Path, changed), Cancel);
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(Path.Combine(_dataset.Path, changed), bytes, Cancel);
        File.Delete(Path.Combine(_dataset.Path, missing));

        var problems = await VerifyAsync(manifest);

        Assert.Equal([changed, missing], problems.Select(problem => problem.Path));
        Assert.Contains("SHA-256", problems[0].Problem, StringComparison.Ordinal);
        Assert.Equal("is gone", problems[1].Problem);
    }

    [Fact]
    public async Task Truncated_shard_is_a_clear_error()
    {
        var manifest = await CommitAsync();
        var path = Path.Combine(_dataset.Path, manifest.Shards[0].Path);
        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path, Cancel))[..500], Cancel);

        var error = await Assert.ThrowsAsync<DatasetException>(() => _dataset.ReadClipsAsync(manifest));

        Assert.Contains(manifest.Shards[0].Path, error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);

    private async Task<SnapshotManifest> CommitAsync()
    {
        await _dataset.AddAsync([.. Enumerable.Range(0, 5).Select(number => SampleOutcomes.Source(number))]);
        return (await _dataset.CommitAsync()).Manifest;
    }

    private async Task<List<ShardProblem>> VerifyAsync(SnapshotManifest manifest)
    {
        var problems = new List<ShardProblem>();
        await foreach (var problem in _dataset.Reader.VerifyAsync(manifest, Cancel)) problems.Add(problem);
        return problems;
    }
}
