using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Models.Alignment;
using Curation.Models.Faces;
using Curation.Models.Features;

namespace Curation.Pipeline.Modelling;

/// <summary>Whether sound and picture are in time: by Synchformer (<c>sync</c>), else, where somebody speaks to the camera, by the lips that <c>face</c> finds.</summary>
internal sealed class SyncStage : IModelStage
{
    private const string Offset = "sync_offset_s", Confidence = "sync_confidence";

    private readonly SynchformerAudio _audio = new();

    public IReadOnlyList<(string Slot, string Measurement)> Makes => [("sync", Offset), ("sync", Confidence), ("face", Offset), ("face", Confidence)];

    public async Task<ClipState> RunAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        var asked = await SlotStep.RunAsync(state, "sync", () => AskSynchformerAsync(state, media, models, cancellationToken));

        // Lips tell when somebody speaks to the camera; two faces would mix the one who speaks with the one who listens.
        return !ReferenceEquals(asked, state) || state.Split is not Split.SingleSpeech || state.Faces is not 1
            ? asked
            : await SlotStep.RunAsync(state, "face", () => WatchLipsAsync(state, media, models, cancellationToken));
    }

    private static async Task<ClipState> WatchLipsAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        if (await models.FindAsync("face", cancellationToken) is not { } face
            || await models.Slots.OpenAsync("face", graphs => new YuNet(graphs.Only), cancellationToken) is not { } detector)
        {
            return state;
        }

        // Both look at the same clip with the same honesty; the surer one stands.
        var estimate = await LipSync.EstimateAsync(detector, media);
        return estimate.OffsetSeconds is { } seconds && estimate.Confidence >= (state.Value(Confidence) ?? 0) ? With(state, face, seconds, estimate.Confidence) : state;
    }

    private async Task<ClipState> AskSynchformerAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        if (await models.FindAsync("sync", cancellationToken) is not { } model
            || await models.Slots.OpenAsync("sync", graphs => new SynchformerScorer(graphs.Only), cancellationToken) is not { } scorer)
        {
            return state;
        }

        var sound = await media.SoundAsync();
        var frames = (int)Math.Round(media.Span.Duration.TotalSeconds * SynchformerSegments.FrameRate);
        if (SynchformerSegments.Plan(frames, sound.Length) is not { } segments)
        {
            return state;
        }

        var last = segments.FirstFrame + ((segments.Count - 1) * SynchformerSegments.FrameStride) + SynchformerSegments.Frames;
        var (rgb, width, height) = await PicturesAsync(media, last);
        var pictures = new float[segments.Count * SynchformerPictures.SegmentLength];
        var bytes = width * height * 3;
        for (var i = 0; i < segments.Count; i++)
        {
            var first = segments.FirstFrame + (i * SynchformerSegments.FrameStride);
            SynchformerPictures.WriteSegment(
                rgb.AsSpan(first * bytes, SynchformerSegments.Frames * bytes), width, height, pictures.AsSpan(i * SynchformerPictures.SegmentLength, SynchformerPictures.SegmentLength));
        }

        var prediction = scorer.Score(pictures, _audio.Compute(sound, segments), cancellationToken);
        return With(state, model, prediction.ExpectedOffsetSeconds, prediction.MassNearBest);
    }

    private static async Task<(byte[] Rgb, int Width, int Height)> PicturesAsync(ClipMedia media, int count)
    {
        byte[] rgb = [];
        var (width, height, read) = (0, 0, 0);
        await foreach (var picture in media.PicturesAsync(SynchformerPictures.DecodedShortSide))
        {
            if (read == 0)
            {
                (width, height) = (picture.Width, picture.Height);
                rgb = new byte[count * picture.Rgb.Length];
            }

            picture.Rgb.CopyTo(rgb, read * picture.Rgb.Length);
            if (++read == count) break;
        }

        return (rgb, width, height);
    }

    private static ClipState With(ClipState state, ModelInUse model, double offset, double confidence) => state.With(
        Measurement.Measured(Offset, offset, ModelMethods.Method(model.Slot), ModelMethods.Version(model)),
        Measurement.Measured(Confidence, confidence, ModelMethods.Method(model.Slot), ModelMethods.Version(model)));
}
