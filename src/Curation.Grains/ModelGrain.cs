using Curation.Pipeline.Modelling;
using Orleans.Concurrency;

namespace Curation.Grains;

/// <inheritdoc cref="IModelGrain" />
/// <remarks>Reentrant, so that the questions of many clips meet in one batch; a stateless worker, so that sound never leaves its silo.</remarks>
[Reentrant]
[StatelessWorker(1)]
public sealed class ModelGrain(ModelBatches batches) : Grain, IModelGrain
{
    /// <inheritdoc />
    public async Task<Immutable<float[]>?> AskAsync(Immutable<float[]> sound, CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString().Split(' ', 2);
        var answer = await Task.Run(() => batches.AskAsync(key[1], key[0], sound.Value, cancellationToken), cancellationToken);
        return answer?.AsImmutable();
    }
}
