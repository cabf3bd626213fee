using Curation.Clips;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Curation.Pipeline.Tests.Support;

namespace Curation.Pipeline.Tests.Verifying;

/// <summary>A data set of the two made videos, curated once; each test spoils a copy of it.</summary>
public sealed class MadeDataset : IAsyncLifetime
{
    private readonly MadeVideos _videos = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("curation-verify-").FullName;

    public string Path => System.IO.Path.Combine(_folder, "dataset");

    /// <summary>The retained clips, by path of their media.</summary>
    public IReadOnlyList<ClipRecord> Clips { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await _videos.InitializeAsync();
        await using var silo = new Silo();
        await silo.RunAsync(Silo.Plan(_videos.Folder, Path));
        var reader = new SnapshotReader(silo.Store(Path));
        var clips = new List<ClipRecord>();
        await foreach (var clip in reader.ReadClipsAsync(await reader.ReadManifestAsync(), ClipOutcome.Retained)) clips.Add(clip);
        Clips = [.. clips.OrderBy(clip => clip.MediaPath, StringComparer.Ordinal)];
        Assert.True(Clips.Count >= 3, $"{Clips.Count} clips are too few for a sample");
    }

    public async ValueTask DisposeAsync()
    {
        await _videos.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A copy that may be spoilt.</summary>
    internal LocalDatasetStore CopyTo(TemporaryFolder folder)
    {
        foreach (var file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
        {
            var target = System.IO.Path.Combine(folder.Path, System.IO.Path.GetRelativePath(Path, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return new LocalDatasetStore(folder.Path);
    }
}
