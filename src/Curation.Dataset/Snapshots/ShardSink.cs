using Curation.Clips;
using Curation.Dataset.Columns;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Snapshots;

/// <summary>Writes the planned shards of one table, one after the other, as the sources go by.</summary>
internal sealed class ShardSink : IAsyncDisposable
{
    private readonly IDatasetStore _store;
    private readonly ShardTable _table;
    private readonly IReadOnlyList<PlannedShard> _shards;
    private readonly IReadOnlyDictionary<string, ManifestShard> _known;
    private readonly ShardStaging _staging;
    private readonly int _rowGroupRows;
    private ShardFile<ClipRecord>? _clips;
    private ShardFile<QuarantineRecord>? _quarantine;
    private int _next;

    /// <summary>A sink.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="table">The table.</param>
    /// <param name="shards">Its shards in order.</param>
    /// <param name="known">Shards that exist already, by path.</param>
    /// <param name="staging">Where the others are written.</param>
    /// <param name="rowGroupRows">Rows of a row group.</param>
    public ShardSink(IDatasetStore store, ShardTable table, IReadOnlyList<PlannedShard> shards, IReadOnlyDictionary<string, ManifestShard> known, ShardStaging staging, int rowGroupRows)
    {
        _store = store;
        _table = table;
        _shards = shards;
        _known = known;
        _staging = staging;
        _rowGroupRows = rowGroupRows;
    }

    /// <summary>The shards so far, in order.</summary>
    public List<ManifestShard> Done { get; } = [];

    /// <summary>Whether the rows of a source are wanted, because its shard has to be written.</summary>
    public bool Wants(int rows) => rows > 0 && !_known.ContainsKey(_shards[_next].Path);

    /// <summary>Adds a source's rows.</summary>
    public async Task AddAsync(SourceOutcome outcome, CancellationToken cancellationToken)
    {
        var path = ShardStaging.PathOf(_staging.Id, _shards[_next].Path);
        if (_table.Outcome is not { } kind)
        {
            _quarantine ??= await ShardFile<QuarantineRecord>.OpenAsync(_store, path, QuarantineColumns.Create(), _rowGroupRows, cancellationToken).ConfigureAwait(false);
            await _quarantine.AddAsync(outcome.Quarantine!, cancellationToken).ConfigureAwait(false);
            return;
        }

        _clips ??= await ShardFile<ClipRecord>.OpenAsync(_store, path, ClipColumns.For(kind), _rowGroupRows, cancellationToken).ConfigureAwait(false);
        foreach (var clip in outcome.Clips)
        {
            if (_table.Holds(clip)) await _clips.AddAsync(clip, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the shard where a source is its last.</summary>
    public async Task PassAsync(int source, CancellationToken cancellationToken)
    {
        if (_next >= _shards.Count || _shards[_next].LastSource != source) return;

        var shard = _shards[_next++];
        if (_known.TryGetValue(shard.Path, out var existing))
        {
            Done.Add(existing);
            return;
        }

        var sha256 = _clips is not null
            ? await _clips.CommitAsync(cancellationToken).ConfigureAwait(false)
            : await _quarantine!.CommitAsync(cancellationToken).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
        var written = new ManifestShard(shard.Path, _table.Split, shard.Rows, sha256);
        _staging.Add(written);
        Done.Add(written);
    }

    /// <summary>Throws away a shard that is not finished.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_clips is not null) await _clips.DisposeAsync().ConfigureAwait(false);
        if (_quarantine is not null) await _quarantine.DisposeAsync().ConfigureAwait(false);
        (_clips, _quarantine) = (null, null);
    }
}
