using Curation.Grains.Placement;
using Curation.Pipeline;
using Curation.Pipeline.Runs;

namespace Curation.Grains;

/// <inheritdoc cref="IDatasetGrain" />
[Role(SiloRoles.Media)]
public sealed class DatasetGrain(ICuratePipeline pipeline) : Grain, IDatasetGrain
{
    /// <inheritdoc />
    public Task<RunResult> CommitAsync(RunPlan plan, RunFacts facts, CancellationToken cancellationToken) =>
        Task.Run(() => pipeline.CommitAsync(plan, facts, cancellationToken), cancellationToken);
}
