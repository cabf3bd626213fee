using System.Text;
using Curation.Clips;
using Curation.Dataset.Exporting;
using Curation.Dataset.Snapshots;

namespace Curation.Dataset.Tests.Exporting;

/// <summary>A committed data set of three sources with its media, and a place beside it for exports. A clip's media is its id as text, whose SHA-256 its row has.</summary>
internal sealed class ExportSample : IDisposable
{
    private readonly TemporaryFolder _outputs = new();

    private ExportSample(SnapshotManifest manifest, SampleDataset dataset)
    {
        Manifest = manifest;
        Dataset = dataset;
    }

    public SnapshotManifest Manifest { get; }

    public SampleDataset Dataset { get; }

    /// <summary>The retained clips: three sources with one of each split.</summary>
    public static IReadOnlyList<ClipRecord> Clips { get; } = [.. Enumerable.Range(0, 3).SelectMany(number => SampleOutcomes.Source(number).Clips).Where(clip => clip.Outcome == ClipOutcome.Retained)];

    public static async Task<ExportSample> MakeAsync(bool isRetained = true)
    {
        // Shards of one row, so that a split has several.
        var dataset = new SampleDataset(new SnapshotOptions { RowGroupRows = 1, MinShardRows = 1, MaxShardRows = 1 });
        for (var number = 0; number < 3; number++) await dataset.AddAsync(SampleOutcomes.Source(number, isRetained ? 4 : 0));
        if (isRetained)
        {
            foreach (var clip in Clips) await dataset.Store.PutAsync(clip.MediaPath!, MediaOf(clip), SampleDataset.Cancel);
        }

        return new ExportSample((await dataset.CommitAsync()).Manifest, dataset);
    }

    public static byte[] MediaOf(ClipRecord clip) => Encoding.UTF8.GetBytes(clip.Id.Value);

    public string Output(string name = "export") => Path.Combine(_outputs.Path, name);

    public Task<ExportResult> ExportAsync(ExportFormat format, string name = "export", Func<ExportRequest, ExportRequest>? with = null, IProgress<long>? progress = null) =>
        new DatasetExporter(Dataset.Store).ExportAsync(Manifest, (with ?? (request => request))(new ExportRequest(format, Output(name))), progress, SampleDataset.Cancel);

    /// <summary>Files of an export with their bytes.</summary>
    public IReadOnlyDictionary<string, byte[]> Files(string name = "export") =>
        Directory.EnumerateFiles(Output(name), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .ToDictionary(file => Path.GetRelativePath(Output(name), file).Replace('\\', '/'), File.ReadAllBytes, StringComparer.Ordinal);

    /// <summary>What lies beside the data set: exports, finished and not.</summary>
    public IReadOnlyList<string> Outputs() => [.. Directory.EnumerateFileSystemEntries(_outputs.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        Dataset.Dispose();
        _outputs.Dispose();
    }
}
