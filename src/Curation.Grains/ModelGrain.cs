using Curation.Grains.Placement;
using Curation.Grains.Telemetry;
using Curation.Pipeline.Modelling;
using Orleans.Concurrency;

namespace Curation.Grains;

/// <inheritdoc cref="IModelGrain" />
/// <remarks>Reentrant, so that the questions of many clips meet in one batch; a stateless worker, so that sound stays on its silo where that has the role.</remarks>
[Reentrant]
[Role(SiloRoles.Model)]
[StatelessWorker(1)]
public sealed class ModelGrain(ModelBatches batches, CurationMetrics metrics, TimeProvider time) : Grain, IModelGrain
{
    /// <inheritdoc />
    public async Task<Immutable<float[]>?> AskAsync(Immutable<float[]> sound, CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString().Split(' ', 2);
        var asked = time.GetTimestamp();
        var answered = false;
        try
        {
            var answer = await Task.Run(() => batches.AskAsync(key[1], key[0], sound.Value, cancellationToken), cancellationToken);
            answered = true;
            return answer?.AsImmutable();
        }
        finally
        {
            metrics.ModelAsked(key[0], time.GetElapsedTime(asked), answered);
        }
    }
}
