using Curation.Pipeline;
using Curation.Pipeline.Runs;
using Orleans.Placement;

namespace Curation.Grains;

/// <inheritdoc cref="IClipGrain" />
[PreferLocalPlacement]
public sealed class ClipGrain(ICuratePipeline pipeline) : Grain, IClipGrain
{
    /// <inheritdoc />
    public async Task<ClipResult> FinishAsync(RunPlan plan, AnalysedSource source, MeasuredClip clip, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(() => pipeline.FinishClipAsync(plan, source, clip, cancellationToken), cancellationToken);
        }
        finally
        {
            // A clip is done once: its activation is not kept for the idle time. Not before: a grain that is to go hears of no cancellation any more.
            DeactivateOnIdle();
        }
    }
}
