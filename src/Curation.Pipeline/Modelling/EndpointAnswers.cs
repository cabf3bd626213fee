using Curation.Media.Reading;
using Curation.Models.Endpoints;

namespace Curation.Pipeline.Modelling;

/// <summary>Asks the run's endpoints about a clip. An answer that did not come but may come later is noted as pending; one that came and is wrong is not.</summary>
internal static class EndpointAnswers
{
    /// <summary>Kind of the annotation that says why an endpoint gave no answer.</summary>
    public const string NoAnswer = "no_answer";

    private const int FrameQuality = 85;

    /// <summary>Captions by every endpoint that is configured.</summary>
    public static async Task<ClipState> CaptionAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        foreach (var captioner in models.Endpoints.Captioners)
        {
            var answer = await captioner.CaptionAsync(await MaterialAsync(state, media, withSound: captioner.AnnotationKind == "audio_caption"), cancellationToken);
            state = answer.Value is { } caption
                ? state with { Annotations = [.. state.Annotations, caption.ToAnnotation(captioner.AnnotationKind)] }
                : Failed(state, captioner.Slot, answer.Failure!);
        }

        return state;
    }

    /// <summary>A transcript, where an endpoint is configured for it.</summary>
    public static async Task<ClipState> TranscribeAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        if (models.Endpoints.Transcriber is not { } transcriber || state.Split == Clips.Split.Sound) return state;

        var answer = await transcriber.TranscribeAsync(await MaterialAsync(state, media, withSound: true), cancellationToken);
        return answer.Value is { } transcript ? state with { Omni = transcript } : Failed(state, EndpointSlots.AsrOmni, answer.Failure!);
    }

    /// <summary>The clip as endpoints are shown it; the content hash names its source and span, which name its pictures and sound.</summary>
    public static ClipMaterial Bare(ClipState state, ClipMedia media) =>
        new(state.Clip.Id, state.Clip.Id.ToString(), media.Span.Duration.TotalSeconds) { Transcript = state.Transcript };

    private static async Task<ClipMaterial> MaterialAsync(ClipState state, ClipMedia media, bool withSound)
    {
        var stills = await media.StillsAsync();
        return Bare(state, media) with
        {
            Frames = [.. stills.Select(still => new EndpointFrame(still.Offset.TotalSeconds, JpegEncoder.Encode(still, FrameQuality)))],
            Wave = withSound ? WavWriter.Encode(await media.SoundAsync(), ClipMedia.SampleRate) : default,
        };
    }

    private static ClipState Failed(ClipState state, string slot, EndpointFailure failure)
    {
        state = state with { Annotations = [.. state.Annotations, new Clips.Annotation(NoAnswer, failure.Reason, slot, failure.Kind.ToString(), null)] };
        return failure.Kind is EndpointFailureKind.Absent or EndpointFailureKind.Unreachable ? state with { Pending = [.. state.Pending, $"{slot}: {failure.Reason}"] } : state;
    }
}
