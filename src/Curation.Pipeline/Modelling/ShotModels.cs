using Curation.Models.Scenes;
using Curation.Pipeline.Runs;

namespace Curation.Pipeline.Modelling;

/// <summary>Finds the model that helps to split sources (<c>scene</c>).</summary>
/// <param name="sets">The runs' models.</param>
public sealed class ShotModels(ModelSets sets)
{
    /// <summary>Name of the slot.</summary>
    public const string Slot = "scene";

    /// <summary>The model of a run.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Null where the slot is absent, or its model cannot be loaded: then the signal splits alone.</returns>
    public async Task<ShotModel?> FindAsync(RunPlan plan, CancellationToken cancellationToken) =>
        sets.Of(plan) is { } models
        && await models.FindAsync(Slot, cancellationToken) is { } model
        && await models.Slots.OpenAsync(Slot, graphs => new TransNetScenes(graphs.Only), cancellationToken) is { } scenes
            ? new ShotModel(scenes, $"{model.Digest}/{ModelMethods.AdapterVersion(Slot)}")
            : null;
}
