using Curation.Clips;
using Curation.Dataset.Rejudging;
using Curation.Media;
using Curation.Media.Probing;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Storage;

namespace Curation.Pipeline.Rejudging;

/// <summary>Cuts clips out of their sources that an earlier run measured and did not want. The source must be where it was, with the content that was measured.</summary>
/// <param name="plan">What is wanted: the policy, and the data set.</param>
/// <param name="finisher">Captions and cuts.</param>
/// <param name="stores">The data sets.</param>
/// <param name="objects">Sources that are no files.</param>
/// <param name="media">The files of sources.</param>
/// <param name="probe">What a source is.</param>
/// <param name="progress">Told after each clip how many were cut or could not be.</param>
public sealed class MissingMedia(RunPlan plan, ClipFinisher finisher, DatasetStores stores, ObjectSources objects, SourceMedia media, MediaProbe probe, IProgress<int>? progress = null) : IMissingMedia
{
    private int _done;

    /// <inheritdoc />
    public async Task<ClipRecord> CutAsync(ClipRecord clip, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clip);
        try
        {
            return await CutOrFailAsync(clip, cancellationToken);
        }
        catch (MediaException fault)
        {
            return Held(clip, fault.Reason);
        }
        catch (SourceFailedException fault)
        {
            return Held(clip, fault.Failure.Reason);
        }
        finally
        {
            progress?.Report(Interlocked.Increment(ref _done));
        }
    }

    private static ClipRecord Held(ClipRecord clip, string reason) =>
        clip with { Outcome = ClipOutcome.Held, Reason = $"media: the policy retains the clip, but it cannot be cut from {clip.SourceUri}: {reason}" };

    private async Task<ClipRecord> CutOrFailAsync(ClipRecord clip, CancellationToken cancellationToken)
    {
        var item = new SourceItem { Uri = clip.SourceUri, Licence = clip.Licence, Rights = clip.Rights };
        if (item.LocalPath is null) item = await objects.DescribeAsync(item, cancellationToken);
        await using var file = await media.OpenAsync(plan.RunId, item, cancellationToken);
        var sha256 = file.Sha256 ?? await ContentDigest.Sha256Async(file.Path, cancellationToken);
        if (sha256 != clip.SourceSha256) throw new MediaException(MediaStage.Open, "the source has changed since it was measured");

        var info = await probe.ProbeAsync(file.Path, cancellationToken);
        var analysed = await new AnalysisStore(stores.Of(plan.Output)).FindAsync(sha256, plan.Policy.ClipMax, shots: null, cancellationToken);
        var measured = analysed?.FirstOrDefault(scene => scene.Id == clip.Id)
            ?? new MeasuredClip(clip.Id, clip.Span, clip.Split, clip.Measurements, clip.Speakers, [], [], clip.PosterPath);
        return await finisher.FinishStoredAsync(plan, new AnalysedSource(item, sha256, "", info, [], 0, 0), measured, clip, cancellationToken);
    }
}
