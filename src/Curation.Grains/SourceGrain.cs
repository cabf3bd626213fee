using Curation.Clips;
using Curation.Grains.Placement;
using Curation.Pipeline;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;

namespace Curation.Grains;

/// <inheritdoc cref="ISourceGrain" />
[Role(SiloRoles.Media)]
public sealed class SourceGrain(ICuratePipeline pipeline, TimeProvider time) : Grain, ISourceGrain
{
    private const int ClipsAtOnce = 32;

    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(0.5);

    /// <inheritdoc />
    public async Task<SourceSummary> ProcessAsync(RunPlan plan, SourceItem item, CancellationToken cancellationToken)
    {
        SourceStart? start = null;
        try
        {
            start = await Task.Run(() => pipeline.BeginAsync(plan, item, cancellationToken), cancellationToken);
            return start.Finished ?? await ProcessAsync(plan, item, start, cancellationToken);
        }
        catch (SourceFailedException failed)
        {
            return await Task.Run(() => pipeline.QuarantineAsync(plan, start?.Item ?? item, failed.Failure, cancellationToken), cancellationToken);
        }
        finally
        {
            if (start is not null) await Task.Run(() => pipeline.ReleaseAsync(plan, start), CancellationToken.None);

            // Not before: a grain that is to go hears of no cancellation any more.
            DeactivateOnIdle();
        }
    }

    private async Task<SourceSummary> ProcessAsync(RunPlan plan, SourceItem item, SourceStart start, CancellationToken cancellationToken)
    {
        var progress = new ThrottledProgress(GrainFactory.GetGrain<IRunGrain>(plan.RunId), item.Uri, ReportEvery, time);
        var source = await Task.Run(() => pipeline.AnalyseAsync(plan, start, progress, cancellationToken), cancellationToken);
        progress.Finish();
        var clips = await FinishClipsAsync(plan, source, cancellationToken);
        return await Task.Run(() => pipeline.CompleteAsync(plan, source, clips, cancellationToken), cancellationToken);
    }

    private async Task<IReadOnlyList<ClipRecord>> FinishClipsAsync(RunPlan plan, AnalysedSource source, CancellationToken cancellationToken)
    {
        // Under the source's own key a clip is placed beside its source, whose file is here.
        // A long source has thousands of clips: so many at once is enough to fill every core, and memory stays that of a few.
        var bare = source with { Clips = [] };
        var rows = new List<ClipRecord>(source.Clips.Count);
        foreach (var some in source.Clips.Chunk(ClipsAtOnce))
        {
            var results = await Task.WhenAll(some.Select(clip =>
                GrainFactory.GetGrain<IClipGrain>($"{this.GetPrimaryKeyString()}/{clip.Id}").FinishAsync(plan, bare, clip, cancellationToken)));
            if (Array.Find(results, result => result.Failure is not null) is { } failed) throw new SourceFailedException(failed.Failure!);

            rows.AddRange(results.Select(result => result.Clip!));
        }

        return rows;
    }
}
