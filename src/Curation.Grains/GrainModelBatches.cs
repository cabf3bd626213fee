using Curation.Pipeline.Modelling;
using Orleans.Concurrency;

namespace Curation.Grains;

/// <summary>Puts the silo's model workers behind the pipeline's batches.</summary>
/// <param name="grains">Finds the workers.</param>
internal sealed class GrainModelBatches(IGrainFactory grains) : IModelBatches
{
    public async Task<float[]?> AskAsync(string modelsFolder, string slot, float[] sound, CancellationToken cancellationToken) =>
        (await grains.GetGrain<IModelGrain>($"{slot} {modelsFolder}").AskAsync(sound.AsImmutable(), cancellationToken))?.Value;
}
