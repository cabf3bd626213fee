using System.Runtime.CompilerServices;
using Curation.Clips;
using Curation.Dataset.Storage;
using Curation.Media;
using Curation.Media.Probing;
using Curation.Pipeline.Analysis;
using Curation.Pipeline.Modelling;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;

namespace Curation.Pipeline;

/// <summary>
/// START HERE: the way of a clip, stage by stage. A source is looked up, probed, decoded once and split into measured scenes;
/// each scene is judged, captioned and cut; the rows become the source's fragment; the fragments become a snapshot.
/// </summary>
/// <param name="register">Which sources are done.</param>
/// <param name="probe">What a source is.</param>
/// <param name="analyser">The one decode and its measurements.</param>
/// <param name="shotModels">Models that have a say in where a source is split.</param>
/// <param name="finisher">Verdicts, captions and the cut.</param>
/// <param name="snapshots">Snapshot, report and card.</param>
/// <param name="models">The runs' models, whose endpoints close with the run.</param>
/// <param name="time">Measures the analysis.</param>
public sealed class CuratePipeline(
    SourceRegister register, MediaProbe probe, SourceAnalyser analyser, ShotModels shotModels, ClipFinisher finisher, SnapshotStage snapshots, ModelSets models, TimeProvider time) : ICuratePipeline
{
    /// <inheritdoc />
    public async IAsyncEnumerable<SourceItem> ListAsync(RunPlan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);

        var left = plan.Limit ?? int.MaxValue;
        await foreach (var item in new SourceLister { ExcludedFolder = plan.Output }.ListAsync(plan.Input, cancellationToken))
        {
            yield return item;
            if (--left == 0) yield break;
        }
    }

    /// <inheritdoc />
    public Task<SourceStart> BeginAsync(RunPlan plan, SourceItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);

        if (item.Problem is { } problem) throw new SourceFailedException(new SourceFailure(SourceItem.OpenStage, problem, Retry: true));

        return OrFailAsync(() => register.LookUpAsync(plan, item, cancellationToken));
    }

    /// <inheritdoc />
    public Task<AnalysedSource> AnalyseAsync(RunPlan plan, SourceStart start, IProgress<double> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(start);

        return OrFailAsync(async () =>
        {
            var info = await probe.ProbeAsync(start.Item.LocalPath, cancellationToken);
            var store = new LocalDatasetStore(plan.Output, time);
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
                new(start.Item, start.Sha256, start.FragmentName, info, measured, seconds, decodePasses);

            async Task AddAsync(ClipSignals signals, byte[]? still)
            {
                var id = ClipId.From(start.Sha256, signals.Span, PipelineVersion.Current);
                if (still is not null) await store.PutAsync(ClipPaths.Poster(id), still, cancellationToken);
                clips.Add(new MeasuredClip(
                    id, signals.Span, signals.Kind.Split, signals.Measurements, signals.Kind.Speakers, signals.EventSeconds, signals.PictureTimes, still is null ? null : ClipPaths.Poster(id)) { ShotFailure = signals.ShotFailure });
            }
        });
    }

    /// <inheritdoc />
    public async Task<ClipResult> FinishClipAsync(RunPlan plan, AnalysedSource source, MeasuredClip clip, CancellationToken cancellationToken)
    {
        try
        {
            return new ClipResult(await OrFailAsync(() => finisher.FinishAsync(plan, source, clip, cancellationToken)), null);
        }
        catch (SourceFailedException failed)
        {
            return new ClipResult(null, failed.Failure);
        }
    }

    /// <inheritdoc />
    public Task<SourceSummary> CompleteAsync(RunPlan plan, AnalysedSource source, IReadOnlyList<ClipRecord> clips, CancellationToken cancellationToken) =>
        register.CompleteAsync(plan, source, clips, cancellationToken);

    /// <inheritdoc />
    public Task<SourceSummary> QuarantineAsync(RunPlan plan, SourceItem item, SourceFailure failure, CancellationToken cancellationToken) =>
        register.QuarantineAsync(plan, item, failure, cancellationToken);

    /// <inheritdoc />
    public async Task<RunResult> CommitAsync(RunPlan plan, RunFacts facts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);

        models.Forget(plan.RunId);
        return await snapshots.CommitAsync(plan, facts, cancellationToken);
    }

    // One decoder a core once there is enough to do: decoding in threads costs a little more in total.
    private static int DecoderThreads(RunPlan plan) => Math.Max(1, Environment.ProcessorCount / plan.Parallelism);

    // The faults of media and disk belong to the source; everything else is a bug and propagates.
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
        catch (IOException fault)
        {
            throw new SourceFailedException(new SourceFailure(MediaStage.Write, fault.Message, Retry: true), fault);
        }
    }
}
