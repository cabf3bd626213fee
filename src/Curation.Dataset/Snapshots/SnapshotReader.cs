using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Curation.Clips;
using Curation.Dataset.Columns;
using Curation.Dataset.Storage;
using Parquet;
using Parquet.Schema;

namespace Curation.Dataset.Snapshots;

/// <summary>Reads snapshots back, one row group in memory at a time.</summary>
/// <remarks>Hold on to one manifest to see one snapshot: its shards stay readable until the second commit after it.</remarks>
public sealed class SnapshotReader
{
    private const string IdColumn = "clip_id";

    private readonly IDatasetStore _store;

    /// <summary>A reader.</summary>
    /// <param name="store">The data set.</param>
    public SnapshotReader(IDatasetStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
    }

    /// <summary>The current snapshot.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Null where nothing was committed yet.</returns>
    public async Task<SnapshotManifest?> FindManifestAsync(CancellationToken cancellationToken = default) =>
        (await ManifestJson.ReadAsync(_store, cancellationToken).ConfigureAwait(false))?.Manifest;

    /// <summary>The current snapshot.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="DatasetException">Nothing was committed yet.</exception>
    public async Task<SnapshotManifest> ReadManifestAsync(CancellationToken cancellationToken = default) =>
        await FindManifestAsync(cancellationToken).ConfigureAwait(false)
        ?? throw new DatasetException($"{_store.Address} is not a data set: it has no {SnapshotManifest.Path}.");

    /// <summary>The clips of a snapshot, in the order of its shards.</summary>
    /// <param name="manifest">The snapshot.</param>
    /// <param name="outcome">Only clips that became this; null for all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The clips, lazily.</returns>
    /// <exception cref="DatasetException">A shard is gone or damaged.</exception>
    public async IAsyncEnumerable<ClipRecord> ReadClipsAsync(SnapshotManifest manifest, ClipOutcome? outcome = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        foreach (var shard in manifest.Shards)
        {
            if (ShardTable.OutcomeOf(shard.Path) is not { } kind || (outcome is { } wanted && wanted != kind)) continue;

            await foreach (var clip in ReadAsync(manifest, shard.Path, (data, row) => ClipRows.Clip(data, row, kind), cancellationToken).ConfigureAwait(false)) yield return clip;
        }
    }

    /// <summary>One clip of a snapshot. Of row groups without it only the names are read.</summary>
    /// <param name="manifest">The snapshot.</param>
    /// <param name="id">The clip.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Null where the snapshot has no such clip.</returns>
    public async Task<ClipRecord?> FindClipAsync(SnapshotManifest manifest, ClipId id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        foreach (var shard in manifest.Shards)
        {
            if (ShardTable.OutcomeOf(shard.Path) is not { } kind) continue;

            await foreach (var group in ReadGroupsAsync(manifest, shard.Path, fields => fields.Where(field => field.Name == IdColumn), cancellationToken).ConfigureAwait(false))
            {
                var row = Enumerable.Range(0, group.Data.Rows).FirstOrDefault(row => group.Data.Text(IdColumn, row) == id.Value, -1);
                if (row < 0) continue;

                var whole = await RowGroupData.LoadAsync(group.Reader, group.Fields, cancellationToken).ConfigureAwait(false);
                return Create(whole, row, shard.Path, (data, index) => ClipRows.Clip(data, index, kind));
            }
        }

        return null;
    }

    /// <summary>The clip in one row of a shard. Only the row group that holds it is read.</summary>
    /// <param name="manifest">The snapshot.</param>
    /// <param name="path">A shard with clips.</param>
    /// <param name="row">The row, from 0.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The clip; null where the shard has no such row.</returns>
    /// <exception cref="DatasetException">The shard is gone or damaged.</exception>
    internal async Task<ClipRecord?> ReadClipAtAsync(SnapshotManifest manifest, string path, long row, CancellationToken cancellationToken)
    {
        var kind = ShardTable.OutcomeOf(path) ?? throw new ArgumentException($"'{path}' holds no clips.", nameof(path));
        var stream = await OpenShardAsync(manifest, path, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var parquet = await OpenAsync(stream, path, cancellationToken).ConfigureAwait(false);
            await using (parquet.ConfigureAwait(false))
            {
                for (var index = 0; index < parquet.RowGroupCount; index++)
                {
                    using var reader = parquet.OpenRowGroupReader(index);
                    if (row >= reader.RowCount)
                    {
                        row -= reader.RowCount;
                        continue;
                    }

                    var data = await RowGroupData.LoadAsync(reader, parquet.Schema.DataFields, cancellationToken).ConfigureAwait(false);
                    return Create(data, (int)row, path, (rows, at) => ClipRows.Clip(rows, at, kind));
                }
            }
        }

        return null;
    }

    /// <summary>The clips whose names begin with some digits.</summary>
    /// <param name="manifest">The snapshot.</param>
    /// <param name="start">The first digits, or all of them.</param>
    /// <param name="most">How many are wanted at most.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Their names, in the order of shards.</returns>
    public async Task<IReadOnlyList<ClipId>> FindIdsAsync(SnapshotManifest manifest, string start, int most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentException.ThrowIfNullOrEmpty(start);
        var found = new List<ClipId>();
        foreach (var shard in manifest.Shards)
        {
            if (ShardTable.OutcomeOf(shard.Path) is null) continue;

            await foreach (var group in ReadGroupsAsync(manifest, shard.Path, fields => fields.Where(field => field.Name == IdColumn), cancellationToken).ConfigureAwait(false))
            {
                for (var row = 0; row < group.Data.Rows && found.Count < most; row++)
                {
                    if (group.Data.RequiredText(IdColumn, row) is { } id && id.StartsWith(start, StringComparison.Ordinal)) found.Add(new ClipId(id));
                }
            }

            if (found.Count == most) break;
        }

        return found;
    }

    /// <summary>The quarantined sources of a snapshot.</summary>
    /// <param name="manifest">The snapshot.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The sources, lazily.</returns>
    /// <exception cref="DatasetException">A shard is gone or damaged.</exception>
    public async IAsyncEnumerable<QuarantineRecord> ReadQuarantineAsync(SnapshotManifest manifest, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        foreach (var shard in manifest.Shards.Where(shard => ShardTable.OutcomeOf(shard.Path) is null))
        {
            await foreach (var record in ReadAsync(manifest, shard.Path, ClipRows.Quarantine, cancellationToken).ConfigureAwait(false)) yield return record;
        }
    }

    /// <summary>Compares every shard with the manifest: there, unchanged, and with as many rows.</summary>
    /// <param name="manifest">The snapshot.</param>
    /// <param name="cancellationToken">Stops between shards.</param>
    /// <returns>What is wrong, lazily; nothing where all is well.</returns>
    public async IAsyncEnumerable<ShardProblem> VerifyAsync(SnapshotManifest manifest, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        foreach (var shard in manifest.Shards)
        {
            if (await CheckAsync(manifest, shard, cancellationToken).ConfigureAwait(false) is { } problem) yield return new ShardProblem(shard.Path, problem);
        }
    }

    private async Task<string?> CheckAsync(SnapshotManifest manifest, ManifestShard shard, CancellationToken cancellationToken)
    {
        var stream = await ShardPlaces.OpenAsync(_store, manifest, shard.Path, cancellationToken).ConfigureAwait(false);
        if (stream is null) return "is gone";

        await using (stream.ConfigureAwait(false))
        {
            var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
            if (sha256 != shard.Sha256) return $"has SHA-256 {sha256}, the manifest says {shard.Sha256}";

            stream.Position = 0;
            var parquet = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true, cancellationToken: cancellationToken).ConfigureAwait(false);
            await using (parquet.ConfigureAwait(false))
            {
                var rows = parquet.Metadata!.NumRows;
                return rows == shard.Rows ? null : $"has {rows} rows, the manifest says {shard.Rows}";
            }
        }
    }

    private async IAsyncEnumerable<T> ReadAsync<T>(SnapshotManifest manifest, string path, Func<RowGroupData, int, T> create, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var group in ReadGroupsAsync(manifest, path, fields => fields, cancellationToken).ConfigureAwait(false))
        {
            for (var row = 0; row < group.Data.Rows; row++) yield return Create(group.Data, row, path, create);
        }
    }

    private async IAsyncEnumerable<(RowGroupData Data, ParquetRowGroupReader Reader, DataField[] Fields)> ReadGroupsAsync(
        SnapshotManifest manifest, string path, Func<DataField[], IEnumerable<DataField>> choose, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = await OpenShardAsync(manifest, path, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var parquet = await OpenAsync(stream, path, cancellationToken).ConfigureAwait(false);
            await using (parquet.ConfigureAwait(false))
            {
                for (var index = 0; index < parquet.RowGroupCount; index++)
                {
                    using var reader = parquet.OpenRowGroupReader(index);
                    var data = await RowGroupData.LoadAsync(reader, choose(parquet.Schema.DataFields), cancellationToken).ConfigureAwait(false);
                    yield return (data, reader, parquet.Schema.DataFields);
                }
            }
        }
    }

    private async Task<Stream> OpenShardAsync(SnapshotManifest manifest, string path, CancellationToken cancellationToken) =>
        await ShardPlaces.OpenAsync(_store, manifest, path, cancellationToken).ConfigureAwait(false)
        ?? throw new DatasetException($"{_store.Address}: the shard {path} is gone. Commit again to make it anew from the fragments.");

    private async Task<ParquetReader> OpenAsync(Stream stream, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await ParquetReader.CreateAsync(stream, leaveStreamOpen: true, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ParquetException or IOException)
        {
            throw new DatasetException($"{_store.Address}: the shard {path} is damaged: {error.Message}", error);
        }
    }

    private T Create<T>(RowGroupData data, int row, string path, Func<RowGroupData, int, T> create)
    {
        try
        {
            return create(data, row);
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException)
        {
            throw new DatasetException($"{_store.Address}: the shard {path} is damaged: {error.Message}", error);
        }
    }
}
