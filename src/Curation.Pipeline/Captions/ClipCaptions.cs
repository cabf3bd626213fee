using Curation.Clips;
using Curation.Models.Endpoints;
using Curation.Models.Fusion;
using Curation.Pipeline.Modelling;
using Curation.Pipeline.Runs;

namespace Curation.Pipeline.Captions;

/// <summary>Makes the captions of a row out of everything that was measured and said of its clip.</summary>
/// <param name="sets">The runs' endpoints.</param>
public sealed class ClipCaptions(ModelSets sets)
{
    private const string Video = "video_caption", Audio = "audio_caption";

    /// <summary>Adds captions, transcript and their origins to a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="plan">The run.</param>
    /// <param name="state">What is known of the clip.</param>
    /// <param name="cancellationToken">Stops waiting for an endpoint.</param>
    /// <returns>The row with its captions.</returns>
    public async Task<ClipRecord> AddAsync(ClipRecord row, RunPlan plan, ClipState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(state);

        var known = state.Clip with { Split = state.Split, Measurements = state.Measurements, Speakers = state.Speakers };
        var signal = SignalCaptioner.Describe(known, row.Width, row.Height, row.FramesPerSecond);
        row = row with
        {
            Transcript = state.Transcript,
            Language = state.Language,
            Words = state.Words,
            Annotations =
            [
                new Annotation(Video, signal.Video, SignalCaptioner.Model, SignalCaptioner.ModelVersion, null),
                new Annotation(Audio, signal.Audio, SignalCaptioner.Model, SignalCaptioner.ModelVersion, null),
                .. state.Annotations,
            ],
            VideoCaption = Said(state, Video) ?? signal.Video,
            AudioCaption = Said(state, Audio) ?? signal.Audio,
            Caption = signal.Fused,
        };
        var heard = state.Annotations.Any(annotation => annotation.Kind != EndpointAnswers.NoAnswer);
        return !heard && state.Tags.Count == 0 ? row : await FuseAsync(row, plan, state, cancellationToken);
    }

    // The first that a model said; the others stay in the annotations.
    private static string? Said(ClipState state, string kind) => state.Annotations.FirstOrDefault(annotation => annotation.Kind == kind)?.Text;

    private async Task<ClipRecord> FuseAsync(ClipRecord row, RunPlan plan, ClipState state, CancellationToken cancellationToken)
    {
        var input = new FusionInput
        {
            Annotations = row.Annotations,
            Transcript = state.Transcript,
            Language = state.Language,
            Speakers = state.Speakers,
            Words = state.Words,
            Tags = state.Tags,
            Measurements = state.Measurements,
            Split = state.Split,
            Faces = state.Faces,
        };
        var fused = sets.Of(plan)?.Endpoints.Fusion is { } fusion
            ? await fusion.FuseAsync(new ClipMaterial(row.Id, row.Id.ToString(), row.Span.Duration.TotalSeconds) { Transcript = state.Transcript }, input, cancellationToken)
            : TemplateFusion.Fuse(input);
        if (fused.MayComeLater) row = row with { Pending = string.Join("; ", new[] { row.Pending, fused.FallbackReason }.OfType<string>()) };
        return fused.Text.Length == 0 ? row : row with { Caption = fused.Text, Annotations = [.. row.Annotations, .. Origins(fused)] };
    }

    // Which annotation each sentence came from, what was dropped, and why a fallback was used: a claim can be traced in the row.
    private static IEnumerable<Annotation> Origins(FusedCaption fused)
    {
        yield return fused.ToAnnotation();
        foreach (var claim in fused.Claims) yield return new Annotation("caption_claim", $"{claim.Sentence} <- {string.Join(", ", claim.Sources)}", fused.Model, fused.ModelVersion, null);
        foreach (var dropped in fused.Dropped) yield return new Annotation("caption_dropped", $"{dropped.Sentence} <- {dropped.Source}: {dropped.Reason}", fused.Model, fused.ModelVersion, null);
        if (fused.FallbackReason is { } reason) yield return new Annotation("caption_fallback", reason, fused.Model, fused.ModelVersion, null);
    }
}
