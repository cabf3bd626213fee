using Curation.Clips.Deciding;
using Curation.Dataset.Rejudging;
using Curation.Dataset.Storage;
using Curation.Media.Probing;
using Curation.Pipeline.Policies;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Storage;

namespace Curation.Pipeline.Rejudging;

/// <summary>Judges a data set again, cuts what is wanted now, writes the report anew and keeps the policy beside the rows. What <c>curate rejudge</c> and the dashboard do.</summary>
/// <param name="locks">Keep runs out meanwhile.</param>
/// <param name="finisher">Captions and cuts.</param>
/// <param name="stores">The data sets.</param>
/// <param name="objects">Sources that are no files.</param>
/// <param name="media">The files of sources.</param>
/// <param name="probe">What a source is.</param>
/// <param name="time">Clock of the snapshot.</param>
public sealed class DatasetRejudger(OutputLocks locks, ClipFinisher finisher, DatasetStores stores, ObjectSources objects, SourceMedia media, MediaProbe probe, TimeProvider time)
{
    /// <summary>Judges again.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="name">Names the work for those who are kept out, and its scratch files.</param>
    /// <param name="defer">Whether clips that were never cut are held until another time.</param>
    /// <param name="judged">Told the share of rows that are done, 0..1.</param>
    /// <param name="opened">Told after each clip how many were cut or could not be.</param>
    /// <param name="cancellationToken">Stops; the old snapshot stands.</param>
    /// <returns>What changed.</returns>
    /// <exception cref="StoreUnavailableException">Somebody else writes the data set.</exception>
    /// <exception cref="RejudgeRefusedException">The data set is of another version, or has no clip with one of the measurements.</exception>
    /// <exception cref="DatasetException">There is no data set, or it is damaged, or it could not be written.</exception>
    public async Task<RejudgedDataset> RejudgeAsync(
        IDatasetStore store, Policy policy, string name, bool defer = false, IProgress<double>? judged = null, IProgress<int>? opened = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(policy);

        using var claim = locks.Take(DatasetStores.AsFolder(store)?.Address, name);
        var cutter = defer ? null : new MissingMedia(new RunPlan(name, "", store.Address, policy), finisher, stores, objects, media, probe, opened);
        var result = await new Rejudger(store, time).RejudgeAsync(policy, cutter, judged, cancellationToken);
        if (!result.Changed) return new RejudgedDataset(result, false);

        await PolicyShelf.KeepAsync(store, policy, cancellationToken);
        return new RejudgedDataset(result, await SnapshotStage.RewriteReportAsync(store, result.Manifest, policy, cancellationToken));
    }
}
