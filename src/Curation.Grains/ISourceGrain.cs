using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;

namespace Curation.Grains;

/// <summary>One source of one run, keyed by run id and digest of its address. Doing it twice gives the same fragment.</summary>
public interface ISourceGrain : IGrainWithStringKey
{
    /// <summary>Takes the source through probe, analysis, split, its clips and the fragment.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="item">The source.</param>
    /// <param name="cancellationToken">Stops the work and its processes.</param>
    /// <returns>Counts; a source that cannot be processed is a summary too, never an exception.</returns>
    /// <exception cref="Curation.Pipeline.StoreUnavailableException">A store or a disk cannot be used now. The source is not at fault and not quarantined: ask again once the place is well.</exception>
    [ResponseTimeout("1.00:00:00")]
    Task<SourceSummary> ProcessAsync([Immutable] RunPlan plan, [Immutable] SourceItem item, CancellationToken cancellationToken);
}
