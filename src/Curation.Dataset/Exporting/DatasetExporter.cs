using Curation.Clips;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Exporting;

/// <summary>Writes the retained clips of one snapshot in the form that other programs read. The memory does not depend on how many there are.</summary>
/// <remarks>The same snapshot gives the same bytes. Every file of media is read once and compared with its row; the first that is gone or changed ends the export.</remarks>
public sealed class DatasetExporter
{
    private readonly IDatasetStore _store;
    private readonly SnapshotReader _reader;

    /// <summary>An exporter.</summary>
    /// <param name="store">The data set.</param>
    public DatasetExporter(IDatasetStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _reader = new SnapshotReader(store);
    }

    /// <summary>Exports a snapshot. The output appears whole or not at all.</summary>
    /// <param name="manifest">The snapshot.</param>
    /// <param name="request">What of it, how and where to.</param>
    /// <param name="progress">Told how many clips have been begun; null where nobody asks.</param>
    /// <param name="cancellationToken">Stops it; nothing is left under the output's name.</param>
    /// <returns>What was exported; nothing was written where no clip of these splits is retained.</returns>
    /// <exception cref="ArgumentException">A split is unknown.</exception>
    /// <exception cref="ExportPlaceException">Nothing may be written to the output.</exception>
    /// <exception cref="DatasetException">A shard or a clip's media is gone or changed, or the disk is full.</exception>
    public async Task<ExportResult> ExportAsync(SnapshotManifest manifest, ExportRequest request, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.ShardBytes, 1, nameof(request));
        if (request.Splits.FirstOrDefault(split => SplitNames.Find(split) is null) is { } unknown) throw new ArgumentException($"there is no split '{unknown}'; there are {string.Join(", ", SplitNames.All)}", nameof(request));

        var chosen = manifest with { Shards = [.. manifest.Shards.Where(shard => ShardTable.OutcomeOf(shard.Path) == ClipOutcome.Retained && shard is { Split: { } split, Rows: > 0 } && request.Splits.Contains(split))] };
        var tally = new ExportTally(progress);
        if (chosen.Shards.Count == 0) return new ExportResult(manifest.Id, 0, 0, 0, 0, tally.BySplit);

        using var folder = ExportFolder.Open(request.Output);
        try
        {
            await WriteAsync(chosen, request, folder, tally, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException error) when (StorageFailure.IsDiskFull(error))
        {
            throw new DatasetException($"The disk of {request.Output} is full: nothing was exported. Free some space, or export fewer splits.", error) { IsTransient = true };
        }

        folder.Commit();
        return new ExportResult(manifest.Id, tally.Clips, tally.Hours, folder.Files, folder.Bytes, tally.BySplit);
    }

    private async Task WriteAsync(SnapshotManifest chosen, ExportRequest request, ExportFolder folder, ExportTally tally, CancellationToken cancellationToken)
    {
        // Before their rows are believed: a flipped byte in a text would pass for a caption.
        await foreach (var problem in _reader.VerifyAsync(chosen, cancellationToken).ConfigureAwait(false))
        {
            throw new DatasetException($"{_store.Address}: the shard {problem.Path} {problem.Problem}. Nothing was exported; 'curate verify' tells what else is wrong.");
        }

        var clips = tally.CountAsync(_reader.ReadClipsAsync(chosen, ClipOutcome.Retained, cancellationToken), cancellationToken);
        await (request.Format switch
        {
            ExportFormat.WebDataset => WriteTarsAsync(folder, request.ShardBytes, clips, cancellationToken),
            ExportFormat.Jsonl => new JsonlWriter(_store, folder).WriteAsync(clips, cancellationToken),
            ExportFormat.HuggingFace => new HuggingFaceWriter(_store, folder).WriteAsync(chosen, clips, tally, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(request), request.Format, "Not a format."),
        }).ConfigureAwait(false);

        var rows = chosen.Shards.Sum(shard => shard.Rows);
        if (tally.Clips != rows) throw new DatasetException($"{_store.Address}: the shards hold {tally.Clips} clips, the manifest says {rows}. Nothing was exported; 'curate verify' tells which shard it is.");

        await folder.WriteAsync(ExportHeader.Name, ExportHeader.Write(_store.Address, chosen, request.Format, tally), cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteTarsAsync(ExportFolder folder, long shardBytes, IAsyncEnumerable<ClipRecord> clips, CancellationToken cancellationToken)
    {
        var writer = new WebDatasetWriter(_store, folder, shardBytes);
        await using (writer.ConfigureAwait(false)) await writer.WriteAsync(clips, cancellationToken).ConfigureAwait(false);
    }
}
