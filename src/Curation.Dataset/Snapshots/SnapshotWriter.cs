using Curation.Dataset.Fragments;
using Curation.Dataset.Storage;
using Polly;
using Polly.Retry;

namespace Curation.Dataset.Snapshots;

/// <summary>Compacts the current fragments into the next snapshot. Of several writers at once one wins; the others begin anew from its snapshot.</summary>
/// <remarks>
/// The order of writes makes every interruption harmless: shards in a staging of the commit's own, then the manifest, then the
/// shards into their folders and the old ones out of them. Before the manifest is replaced the old snapshot stands; after it
/// the new one does. What an interrupted commit left in the folders the next one clears away, also where it has nothing else
/// to do; what it left in its staging goes after a day, because nobody else can tell whether it is still at work.
/// </remarks>
public sealed class SnapshotWriter
{
    /// <summary>How often a commit that lost begins anew. Each loss is another one's gain, so only a crowd of writers comes near it; uncalibrated.</summary>
    private const int MostLosses = 10;

    /// <summary>Fragments read at once: the most that are in memory. Each has the rows of one source, up to some megabytes; uncalibrated.</summary>
    private const int FragmentsAtOnce = 8;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly IDatasetStore _store;
    private readonly FragmentStore _fragments;
    private readonly SnapshotPublisher _publisher;
    private readonly SnapshotOptions _options;
    private readonly ResiliencePipeline _untilWon;

    /// <summary>A writer.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="fragments">Its fragments.</param>
    /// <param name="time">Clock for <c>created_utc</c>.</param>
    /// <param name="options">Sizes of shards.</param>
    public SnapshotWriter(IDatasetStore store, FragmentStore fragments, TimeProvider time, SnapshotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(fragments);
        ArgumentNullException.ThrowIfNull(time);
        _store = store;
        _fragments = fragments;
        _publisher = new SnapshotPublisher(store, time);
        _options = options ?? new SnapshotOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.RowGroupRows, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MinShardRows, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxShardRows, _options.MinShardRows, nameof(options));
        _untilWon = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<DatasetConflictException>(),
                MaxRetryAttempts = MostLosses,
                Delay = FirstWait,
                MaxDelay = LongestWait,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .Build();
    }

    /// <summary>Makes the current fragments the data set.</summary>
    /// <param name="context">What is recorded beside the rows.</param>
    /// <param name="cancellationToken">Stops; the old snapshot stands unless the new one was already in place.</param>
    /// <returns>The snapshot that is current now.</returns>
    /// <exception cref="DatasetConflictException">Somebody else committed in between, again and again.</exception>
    /// <exception cref="DatasetException">A fragment or the storage failed.</exception>
    public async Task<CommitResult> CommitAsync(SnapshotContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var staging = new ShardStaging(_store);
        try
        {
            return await _untilWon.ExecuteAsync(async stop => await CommitAsync(context, staging, stop).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (DatasetConflictException)
        {
            await staging.DiscardAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<CommitResult> CommitAsync(SnapshotContext context, ShardStaging staging, CancellationToken cancellationToken)
    {
        while (true)
        {
            var current = await _publisher.ReadCurrentAsync(cancellationToken).ConfigureAwait(false);
            var (stamps, counter) = await SelectAsync(cancellationToken).ConfigureAwait(false);
            var plans = ShardTable.All.ToDictionary(table => table, table => ShardPlanner.Plan(table, stamps, _options).ToList());
            var known = await FindKnownAsync(current?.Manifest, plans.Values.SelectMany(plan => plan), cancellationToken).ConfigureAwait(false);
            if (await WriteShardsAsync(stamps, plans, known, staging, cancellationToken).ConfigureAwait(false) is not { } shards) continue;

            var manifest = new SnapshotManifest
            {
                PipelineVersion = context.PipelineVersion,
                Policy = context.Policy,
                Models = [.. context.Models.OrderBy(model => model.Slot, StringComparer.Ordinal).ThenBy(model => model.Name, StringComparer.Ordinal)],
                Shards = shards,
                Funnel = counter.Funnel(),
                Hours = counter.Hours(),
            };
            return await _publisher.PublishAsync(manifest, current, staging, shards.Count(shard => !known.ContainsKey(shard.Path)), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The sources that count, by URI: of several with the same content the first.</summary>
    private async Task<(List<SourceStamp> Stamps, FunnelCounter Counter)> SelectAsync(CancellationToken cancellationToken)
    {
        var all = new List<SourceStamp>();
        await foreach (var stamp in ReadAhead.SelectAsync(_fragments.ListStampsAsync(cancellationToken), FragmentsAtOnce, UpToDateAsync, cancellationToken).ConfigureAwait(false)) all.Add(stamp);
        all.Sort((left, right) => string.CompareOrdinal(left.Uri, right.Uri));

        var counter = new FunnelCounter();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var stamps = new List<SourceStamp>(all.Count);
        foreach (var stamp in all)
        {
            if (stamp.Sha256 is { } sha256 && !seen.Add(sha256))
            {
                counter.AddDuplicate();
                continue;
            }

            counter.Add(stamp.Summary);
            stamps.Add(stamp);
        }

        return (stamps, counter);
    }

    /// <summary>A fragment that waited for answers may have been replaced by another source of its content, or just before a crash: its stamp then lags behind.</summary>
    private async Task<SourceStamp> UpToDateAsync(SourceStamp stamp, CancellationToken cancellationToken)
    {
        if (stamp.Summary.Pending == 0) return stamp;

        var (_, summary) = await _fragments.ReadWithSummaryAsync(stamp, cancellationToken).ConfigureAwait(false);
        if (summary.RowsSha256 == stamp.Summary.RowsSha256) return stamp;

        stamp = stamp with { Summary = summary };
        await _fragments.WriteStampAsync(stamp, cancellationToken).ConfigureAwait(false);
        return stamp;
    }

    private async Task<Dictionary<string, ManifestShard>> FindKnownAsync(SnapshotManifest? current, IEnumerable<PlannedShard> planned, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, ManifestShard>(StringComparer.Ordinal);
        var named = (current?.Shards ?? []).ToDictionary(shard => shard.Path, StringComparer.Ordinal);
        foreach (var shard in planned)
        {
            if (!named.TryGetValue(shard.Path, out var existing)) continue;

            // Settling brings back one that lies among the superseded; one that somebody deleted is written anew.
            if (await _store.ExistsAsync(shard.Path, cancellationToken).ConfigureAwait(false)
                || await _store.ExistsAsync(ShardPlaces.Superseded(shard.Path), cancellationToken).ConfigureAwait(false))
            {
                known[shard.Path] = existing;
            }
        }

        return known;
    }

    /// <returns>Null where a stamp did not tell what its fragment holds. It does now; plan again.</returns>
    private async Task<List<ManifestShard>?> WriteShardsAsync(
        List<SourceStamp> stamps, Dictionary<ShardTable, List<PlannedShard>> plans, Dictionary<string, ManifestShard> known, ShardStaging staging, CancellationToken cancellationToken)
    {
        // What an earlier try of this commit has written is still good.
        var ready = new Dictionary<string, ManifestShard>(staging.Written, StringComparer.Ordinal);
        foreach (var (path, shard) in known) ready[path] = shard;
        var sinks = plans.Select(plan => (Table: plan.Key, Sink: new ShardSink(_store, plan.Key, plan.Value, ready, staging, _options.RowGroupRows))).ToList();
        var asked = Asked(stamps, plans, ready).ToAsyncEnumerable();
        var fragments = ReadAhead.SelectAsync(asked, FragmentsAtOnce, _fragments.ReadWithSummaryAsync, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            for (var index = 0; index < stamps.Count; index++)
            {
                var stamp = stamps[index];
                var wanting = sinks.Where(entry => entry.Sink.Wants(entry.Table.RowsOf(stamp.Summary))).ToList();
                if (wanting.Count > 0)
                {
                    await fragments.MoveNextAsync().ConfigureAwait(false);
                    var (outcome, summary) = fragments.Current;
                    if (summary.RowsSha256 != stamp.Summary.RowsSha256)
                    {
                        // A quarantined source that shares its content with another is replaced when the other one succeeds; its own stamp then lags behind.
                        await _fragments.WriteStampAsync(stamp with { Summary = summary }, cancellationToken).ConfigureAwait(false);
                        return null;
                    }

                    foreach (var (_, sink) in wanting) await sink.AddAsync(outcome, cancellationToken).ConfigureAwait(false);
                }

                foreach (var (_, sink) in sinks) await sink.PassAsync(index, cancellationToken).ConfigureAwait(false);
            }

            return [.. sinks.SelectMany(entry => entry.Sink.Done)];
        }
        finally
        {
            await fragments.DisposeAsync().ConfigureAwait(false);
            foreach (var (_, sink) in sinks) await sink.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The sources with rows in a shard that has to be written, in order: those whose rows the sinks want.</summary>
    private static IEnumerable<SourceStamp> Asked(List<SourceStamp> stamps, Dictionary<ShardTable, List<PlannedShard>> plans, Dictionary<string, ManifestShard> ready)
    {
        var next = plans.Keys.ToDictionary(table => table, _ => 0);
        for (var index = 0; index < stamps.Count; index++)
        {
            var isAsked = false;
            foreach (var (table, shards) in plans)
            {
                if (next[table] == shards.Count) continue;

                var shard = shards[next[table]];
                isAsked |= table.RowsOf(stamps[index].Summary) > 0 && !ready.ContainsKey(shard.Path);
                if (shard.LastSource == index) next[table]++;
            }

            if (isAsked) yield return stamps[index];
        }
    }
}
