using Curation.Clips;
using Curation.Clips.Measuring;

namespace Curation.Pipeline.Modelling;

/// <summary>How good a voice sounds (<c>mos</c>). Sound without a voice has no such quality.</summary>
/// <param name="batches">Runs the model for many clips at once.</param>
internal sealed class QualityStage(IModelBatches batches) : IModelStage
{
    private const string Slot = "mos";

    private static readonly string[] Names = ["mos_signal", "mos_background", "mos"];

    public IReadOnlyList<(string Slot, string Measurement)> Makes => [.. Names.Select(name => (Slot, name))];

    public Task<ClipState> RunAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken) =>
        SlotStep.RunAsync(state, Slot, () => ScoreAsync(state, media, models, cancellationToken));

    private async Task<ClipState> ScoreAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        if (await models.FindAsync(Slot, cancellationToken) is not { } model) return state;
        if (state.Split == Split.Sound) return state.With([.. Names.Select(name => Measurement.NotApplicable(name, "no voice", ModelMethods.Method(Slot), ModelMethods.Version(model)))]);

        var scores = await batches.AskAsync(models.Folder, Slot, await media.SoundAsync(), cancellationToken);
        return scores is { Length: 3 }
            ? state.With([.. Names.Zip(scores, (name, score) => Measurement.Measured(name, Math.Clamp(score, 1, 5), ModelMethods.Method(Slot), ModelMethods.Version(model)))])
            : state;
    }
}
