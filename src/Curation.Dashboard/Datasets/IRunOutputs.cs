namespace Curation.Dashboard.Datasets;

/// <summary>Where the runs of a cluster write.</summary>
public interface IRunOutputs
{
    /// <summary>The outputs, the latest run's first.</summary>
    /// <param name="cancellationToken">Cancels the question.</param>
    /// <returns>Each once.</returns>
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);
}
