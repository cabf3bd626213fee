using Curation.Clips;
using Curation.Dataset.Storage;
using Parquet;

namespace Curation.Dataset.Columns;

/// <summary>Clips in a file of this machine on their way into a query or out of one.</summary>
internal static class ClipFile
{
    private const int RowGroupRows = 256;

    /// <summary>Writes clips, with the columns of all tables.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="clips">The clips.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    public static async Task WriteAsync(string path, IEnumerable<ClipRecord> clips, CancellationToken cancellationToken)
    {
        var folder = new LocalDatasetStore(Path.GetDirectoryName(path)!);
        var file = await ShardFile<ClipRecord>.OpenAsync(folder, Path.GetFileName(path), ClipColumns.For(null), RowGroupRows, cancellationToken).ConfigureAwait(false);
        await using (file.ConfigureAwait(false))
        {
            foreach (var clip in clips) await file.AddAsync(clip, cancellationToken).ConfigureAwait(false);
            await file.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads clips.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="outcome">What they became.</param>
    /// <param name="cancellationToken">Stops between two row groups.</param>
    public static async Task<List<ClipRecord>> ReadAsync(string path, ClipOutcome outcome, CancellationToken cancellationToken)
    {
        var clips = new List<ClipRecord>();
        var parquet = await ParquetReader.CreateAsync(path, cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (parquet.ConfigureAwait(false))
        {
            for (var index = 0; index < parquet.RowGroupCount; index++)
            {
                using var reader = parquet.OpenRowGroupReader(index);
                var data = await RowGroupData.LoadAsync(reader, parquet.Schema.DataFields, cancellationToken).ConfigureAwait(false);
                for (var row = 0; row < data.Rows; row++) clips.Add(ClipRows.Clip(data, row, outcome));
            }
        }

        return clips;
    }
}
