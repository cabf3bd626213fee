using Curation.Clips;
using Curation.Pipeline.Runs;

namespace Curation.Tests.Sources;

/// <summary>The row of a clip that nobody measured, cut or judged.</summary>
internal static class TinyClip
{
    /// <summary>A clip that a run keeps.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="source">The clip's source.</param>
    /// <param name="clip">The clip.</param>
    public static ClipResult Retained(RunPlan plan, AnalysedSource source, MeasuredClip clip) => new(
        new ClipRecord
        {
            Id = clip.Id,
            SourceUri = source.Item.Uri,
            SourceSha256 = source.Sha256,
            Span = clip.Span,
            Width = 1,
            Height = 1,
            FramesPerSecond = 25,
            Outcome = ClipOutcome.Retained,
            PolicySha256 = plan.Policy.Sha256,
            PipelineVersion = PipelineVersion.Current,
        },
        null);
}
