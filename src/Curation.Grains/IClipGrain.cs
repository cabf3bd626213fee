using Curation.Pipeline.Runs;

namespace Curation.Grains;

/// <summary>One clip, keyed by its id: verdicts, model stages in order of cost, captions and the cut.</summary>
public interface IClipGrain : IGrainWithStringKey
{
    /// <summary>Takes a measured scene to its end.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="source">The source, without its clips.</param>
    /// <param name="clip">The scene.</param>
    /// <param name="cancellationToken">Stops the work and its processes.</param>
    /// <returns>The row, or why the source fails.</returns>
    [ResponseTimeout("1.00:00:00")]
    Task<ClipResult> FinishAsync(
        [Immutable] RunPlan plan, [Immutable] AnalysedSource source, [Immutable] MeasuredClip clip, CancellationToken cancellationToken);
}
