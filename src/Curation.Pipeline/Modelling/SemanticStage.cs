using Curation.Clips.Measuring;
using Curation.Media.Reading;
using Curation.Models.Alignment;
using Curation.Models.Features;

namespace Curation.Pipeline.Modelling;

/// <summary>Whether the sound belongs to the picture: ImageBind's cosine (<c>semantic</c>).</summary>
internal sealed class SemanticStage : IModelStage
{
    private const string Slot = "semantic", Name = "av_similarity";
    private const int ShortSide = 256;

    private readonly ImageBindAudio _audio = new();

    public IReadOnlyList<(string Slot, string Measurement)> Makes => [(Slot, Name)];

    public Task<ClipState> RunAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken) =>
        SlotStep.RunAsync(state, Slot, () => CompareAsync(state, media, models, cancellationToken));

    private async Task<ClipState> CompareAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        if (await models.FindAsync(Slot, cancellationToken) is not { } model) return state;

        var scorer = await models.Slots.OpenAsync(Slot, graphs => new ImageBindScorer(graphs.Graph("imagebind-vision.onnx"), graphs.Graph("imagebind-audio.onnx")), cancellationToken);
        var sound = await media.SoundAsync();
        if (scorer is null || sound.Length < ImageBindAudio.FewestSamples) return state;

        var similarity = scorer.Similarity(await PicturesAsync(media), _audio.Compute(sound, ClipMedia.SampleRate), cancellationToken);
        return state.With(Measurement.Measured(Name, Math.Clamp(similarity, -1, 1), ModelMethods.Method(Slot), ModelMethods.Version(model)));
    }

    private static async Task<float[]> PicturesAsync(ClipMedia media)
    {
        var count = Math.Max(1, (int)Math.Round(media.Span.Duration.TotalSeconds * SynchformerSegments.FrameRate));
        var pairs = ImageBindPictures.FramePairs(count, SynchformerSegments.FrameRate);
        var wanted = pairs.SelectMany(pair => new[] { pair.First, pair.Last }).ToHashSet();
        var kept = new Dictionary<int, ClipPicture>();
        await foreach (var picture in media.PicturesAsync(ShortSide)) if (wanted.Contains(picture.Index)) kept[picture.Index] = picture;

        var planes = new float[pairs.Count * ImageBindPictures.ClipLength];
        for (var i = 0; i < pairs.Count; i++)
        {
            var (first, last) = (kept[pairs[i].First], kept[pairs[i].Last]);
            ImageBindPictures.WriteClip(first.Rgb, last.Rgb, first.Width, first.Height, planes.AsSpan(i * ImageBindPictures.ClipLength, ImageBindPictures.ClipLength));
        }

        // The adapter's pieces are [3, 2, 224, 224]; three crops of a stretch are three pieces, in the order they were written.
        return planes;
    }
}
