using Curation.Clips.Measuring;
using Curation.Media.Reading;
using Curation.Models.Contracts;
using Curation.Models.Faces;
using Curation.Models.Features;
using Curation.Models.Pictures;

namespace Curation.Pipeline.Modelling;

/// <summary>What single pictures of a clip are like: safe (<c>safety</c>), pleasing (<c>aesthetic</c>), with faces (<c>face</c>).</summary>
internal sealed class PictureStage : IModelStage
{
    public IReadOnlyList<(string Slot, string Measurement)> Makes => [("safety", "nsfw"), ("aesthetic", "aesthetic")];

    public async Task<ClipState> RunAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        state = await SlotStep.RunAsync(state, "safety", () => JudgeSafetyAsync(state, media, models, cancellationToken));
        state = await SlotStep.RunAsync(state, "aesthetic", () => JudgeBeautyAsync(state, media, models, cancellationToken));
        return await SlotStep.RunAsync(state, "face", () => CountFacesAsync(state, media, models, cancellationToken));
    }

    private static async Task<ClipState> JudgeSafetyAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        if (await models.FindAsync("safety", cancellationToken) is not { } model) return state;

        var classifier = await models.Slots.OpenAsync("safety", graphs => new SafetyClassifier(graphs.Only, LabelList.FromConfig(graphs.PathOf("config.json"))), cancellationToken);
        if (classifier is null) return state;

        var input = PictureInput.VisionTransformer with { Side = classifier.Side };
        var score = classifier.Score(Planes(await media.StillsAsync(), input), cancellationToken);
        return state.With(Measurement.Measured("nsfw", score.Highest, ModelMethods.Method("safety"), ModelMethods.Version(model)));
    }

    private static async Task<ClipState> JudgeBeautyAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        if (await models.FindAsync("aesthetic", cancellationToken) is not { } model) return state;

        var scorer = await models.Slots.OpenAsync("aesthetic", AestheticGraphs.Open, cancellationToken);
        if (scorer is null) return state;

        var input = PictureInput.Clip with { Side = scorer.Side };
        var score = scorer.Score(Planes(await media.StillsAsync(), input), cancellationToken);
        return state.With(Measurement.Measured("aesthetic", score, ModelMethods.Method("aesthetic"), ModelMethods.Version(model)));
    }

    private static async Task<ClipState> CountFacesAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        var detector = await models.Slots.OpenAsync("face", graphs => new YuNet(graphs.Only), cancellationToken);
        if (detector is null) return state;

        var stills = await media.StillsAsync();
        return state with { Faces = stills.Max(still => detector.Detect(still.Rgb, still.Width, still.Height).Count) };
    }

    private static float[] Planes(IReadOnlyList<ClipPicture> stills, PictureInput input)
    {
        var planes = new float[stills.Count * input.Length];
        for (var i = 0; i < stills.Count; i++) input.Write(stills[i].Rgb, stills[i].Width, stills[i].Height, planes.AsSpan(i * input.Length, input.Length));
        return planes;
    }
}
