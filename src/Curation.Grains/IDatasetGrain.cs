using Curation.Pipeline.Runs;

namespace Curation.Grains;

/// <summary>One data set, keyed by its location: the only one that writes snapshots, one at a time.</summary>
public interface IDatasetGrain : IGrainWithStringKey
{
    /// <summary>Compacts the fragments into the next snapshot.</summary>
    /// <param name="plan">The run that asks.</param>
    /// <param name="facts">What the report says of it.</param>
    /// <param name="cancellationToken">Stops the work; the last snapshot stays.</param>
    /// <returns>What now stands.</returns>
    [ResponseTimeout("1.00:00:00")]
    Task<RunResult> CommitAsync([Immutable] RunPlan plan, [Immutable] RunFacts facts, CancellationToken cancellationToken);
}
