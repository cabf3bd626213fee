using Curation.Pipeline;
using Curation.Pipeline.Runs;
using Orleans.Placement;

namespace Curation.Grains;

/// <inheritdoc cref="IClipGrain" />
[PreferLocalPlacement]
public sealed class ClipGrain(ICuratePipeline pipeline) : Grain, IClipGrain
{
    /// <inheritdoc />
    public Task<ClipResult> FinishAsync(RunPlan plan, AnalysedSource source, MeasuredClip clip, CancellationToken cancellationToken)
    {
        // A clip is done once: free its activation instead of keeping it for the idle time.
        DeactivateOnIdle();
        return Task.Run(() => pipeline.FinishClipAsync(plan, source, clip, cancellationToken), cancellationToken);
    }
}
