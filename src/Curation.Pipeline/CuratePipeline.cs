using System.Runtime.CompilerServices;
using Curation.Clips;
using Curation.Dataset.Storage;
using Curation.Media;
using Curation.Media.Probing;
using Curation.Pipeline.Analysis;
using Curation.Pipeline.Modelling;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Storage;
using Curation.Pipeline.Telemetry;

namespace Curation.Pipeline;

/// <summary>
/// START HERE: the way of a clip, stage by stage. A source is looked up, probed, decoded once and split into measured scenes;
/// each scene is judged, captioned and cut; the rows become the source's fragment; the fragments become a snapshot.
/// </summary>
/// <param name="stores">The data sets.</param>
/// <param name="locks">Who writes which folder.</param>
/// <param name="objects">Sources that are no files.</param>
/// <param name="media">The files of the sources at work.</param>
/// <param name="register">Which sources are done.</param>
/// <param name="probe">What a source is.</param>
/// <param name="analyser">The one decode and its measurements.</param>
/// <param name="shotModels">Models that have a say in where a source is split.</param>
/// <param name="finisher">Verdicts, captions and the cut.</param>
/// <param name="snapshots">Snapshot, report and card.</param>
/// <param name="models">The runs' models, whose endpoints close with the run.</param>
/// <param name="time">Measures the analysis.</param>
public sealed class CuratePipeline(
    DatasetStores stores, OutputLocks locks, ObjectSources objects, SourceMedia media, SourceRegister register, MediaProbe probe, SourceAnalyser analyser, ShotModels shotModels, ClipFinisher finisher, SnapshotStage snapshots, ModelSets models, TimeProvider time) : ICuratePipeline
{
    /// <inheritdoc />
    public IDisposable Claim(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return locks.Take(DatasetStores.AsFolder(stores.Of(plan.Output)) is null ? null : plan.Output, plan.RunId);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<SourceItem> ListAsync(RunPlan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);

        var left = plan.Limit ?? int.MaxValue;
        var only = plan.Only?.ToHashSet(StringComparer.Ordinal);
        await foreach (var item in new SourceLister { ExcludedFolder = stores.Of(plan.Output).Address, Objects = objects }.ListAsync(plan.Input, cancellationToken))
        {
            if (only?.Remove(item.Uri) == false) continue;

            yield return item;
            if (--left == 0 || only?.Count == 0) yield break;
        }
    }

    /// <inheritdoc />
    public Task<SourceStart> BeginAsync(RunPlan plan, SourceItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);

        if (item.Problem is { } problem) throw new SourceFailedException(new SourceFailure(SourceItem.OpenStage, problem, Retry: true));

        return OrFailAsync(() => LookUpAsync(plan, item, cancellationToken));
    }

    private async Task<SourceStart> LookUpAsync(RunPlan plan, SourceItem item, CancellationToken cancellationToken)
    {
        // A list names objects without asking for them: that is done here, many at a time.
        var described = item.LocalPath is null && item.SizeBytes is null ? await objects.DescribeAsync(item, cancellationToken) : item;
        SourceStart? start = null;
        try
        {
            return start = await register.LookUpAsync(plan, described, cancellationToken);
        }
        finally
        {
            // Whoever has no start knows nothing to let go of.
            if (start is null) await media.ReleaseAsync(plan.RunId, described);
        }
    }

    /// <inheritdoc />
    public Task<AnalysedSource> AnalyseAsync(RunPlan plan, SourceStart start, IProgress<double> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(start);

        return StageTraces.InSpanAsync(StageTraces.Analyse, () => OrFailAsync(async () =>
        {
            var file = await media.HoldAsync(plan.RunId, start.Item, cancellationToken);
            if (file.Sha256 is { } sha256 && sha256 != start.Sha256) throw new MediaException(MediaStage.Open, "the source changed while it was read");

            var info = await probe.ProbeAsync(file.Path, cancellationToken);
            var store = stores.Of(plan.Output);
            var analyses = new AnalysisStore(store);
            var shots = await shotModels.FindAsync(plan, cancellationToken);
            if (await analyses.FindAsync(start.Sha256, plan.Policy.ClipMax, shots?.Version, cancellationToken) is { } known) return Analysed(known, 0, 0);

            var started = time.GetTimestamp();
            var clips = new List<MeasuredClip>();
            await analyser.AnalyseAsync(info, plan.Policy.ClipMax, DecoderThreads(plan), shots, progress, AddAsync, cancellationToken);
            var seconds = time.GetElapsedTime(started).TotalSeconds;

            // Scenes that a model should have had a say in, and had not, are no answer for another run.
            if (clips.TrueForAll(clip => clip.ShotFailure is null)) await analyses.PutAsync(start.Sha256, plan.Policy.ClipMax, shots?.Version, clips, cancellationToken);
            return Analysed(clips, seconds, 1);

            AnalysedSource Analysed(IReadOnlyList<MeasuredClip> measured, double seconds, int decodePasses) =>
                new(start.Item, start.Sha256, start.FragmentName, info with { Path = start.Item.Uri }, measured, seconds, decodePasses);

            async Task AddAsync(ClipSignals signals, byte[]? still)
            {
                var id = ClipId.From(start.Sha256, signals.Span, PipelineVersion.Current);
                if (still is not null) await store.PutAsync(ClipPaths.Poster(id), still, cancellationToken);
                clips.Add(new MeasuredClip(
                    id,
                    signals.Span,
                    signals.Kind.Split,
                    signals.Measurements,
                    signals.Kind.Speakers,
                    signals.EventSeconds,
                    signals.PictureTimes,
                    still is null ? null : ClipPaths.Poster(id))
                {
                    PictureSignature = signals.PictureSignature,
                    SoundSignature = signals.SoundSignature,
                    ShotFailure = signals.ShotFailure,
                });
            }
        }));
    }

    /// <inheritdoc />
    public async Task<ClipResult> FinishClipAsync(RunPlan plan, AnalysedSource source, MeasuredClip clip, CancellationToken cancellationToken)
    {
        try
        {
            return new ClipResult(await OrFailAsync(() => FinishAsync(plan, source, clip, cancellationToken)), null);
        }
        catch (SourceFailedException failed)
        {
            return new ClipResult(null, failed.Failure);
        }
    }

    // Another silo's path means nothing here: the file is found, or fetched, where the clip is finished.
    private async Task<ClipRecord> FinishAsync(RunPlan plan, AnalysedSource source, MeasuredClip clip, CancellationToken cancellationToken)
    {
        await using var file = await media.OpenAsync(plan.RunId, source.Item, cancellationToken);
        if (file.Sha256 is { } sha256 && sha256 != source.Sha256) throw new MediaException(MediaStage.Open, "the source changed while it was read");

        return await finisher.FinishAsync(plan, source with { Info = source.Info with { Path = file.Path } }, clip, cancellationToken);
    }

    /// <inheritdoc />
    public Task<SourceSummary> CompleteAsync(RunPlan plan, AnalysedSource source, IReadOnlyList<ClipRecord> clips, CancellationToken cancellationToken) =>
        StageTraces.InSpanAsync(StageTraces.Commit, () => register.CompleteAsync(plan, source, clips, cancellationToken));

    /// <inheritdoc />
    public Task<SourceSummary> QuarantineAsync(RunPlan plan, SourceItem item, SourceFailure failure, CancellationToken cancellationToken) =>
        register.QuarantineAsync(plan, item, failure, cancellationToken);

    /// <inheritdoc />
    public Task ReleaseAsync(RunPlan plan, SourceStart start)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(start);
        return media.ReleaseAsync(plan.RunId, start.Item);
    }

    /// <inheritdoc />
    public async Task<RunResult> CommitAsync(RunPlan plan, RunFacts facts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);

        models.Forget(plan.RunId);
        try
        {
            return await StageTraces.InSpanAsync(StageTraces.Snapshot, () => snapshots.CommitAsync(plan, facts, cancellationToken));
        }
        catch (DatasetConflictException lost)
        {
            // Others were faster time and again. That passes, as a store does that is busy.
            throw new StoreUnavailableException(lost.Message, lost);
        }
        catch (IOException fault) when (fault is not StoreUnavailableException && (fault is not DatasetException || PlaceTrouble.IsPassing(fault)))
        {
            // A stream broke off while rows were read or written: the place's fault, not that of any row.
            throw PlaceTrouble.Explain(plan.Output, fault);
        }
    }

    /// <inheritdoc />
    public void KeepOnly(IReadOnlySet<string> activeRuns) => models.KeepOnly(activeRuns);

    // One decoder a core once there is enough to do: decoding in threads costs a little more in total.
    private static int DecoderThreads(RunPlan plan) => Math.Max(1, Environment.ProcessorCount / plan.Parallelism);

    // The faults of media belong to the source; those of stores and disks go on as they are, and everything else is a bug and propagates.
    private static async Task<T> OrFailAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (MediaException fault)
        {
            throw new SourceFailedException(new SourceFailure(fault.Stage, fault.Reason, Retry: fault.Stage is MediaStage.Open or MediaStage.Write), fault);
        }
        catch (IOException fault) when (fault is not StoreUnavailableException)
        {
            if (PlaceTrouble.IsOfDisk(fault) || PlaceTrouble.IsPassing(fault)) throw PlaceTrouble.Explain("a disk of this silo", fault);

            throw new SourceFailedException(new SourceFailure(MediaStage.Write, fault.Message, Retry: true), fault);
        }
    }
}
