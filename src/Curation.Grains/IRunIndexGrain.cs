namespace Curation.Grains;

/// <summary>Knows the runs of the cluster; there is one, with the key <see cref="Key"/>.</summary>
public interface IRunIndexGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    public const string Key = "all";

    /// <summary>A run begins, or goes on.</summary>
    /// <param name="run">The run.</param>
    Task StartedAsync([Immutable] RunEntry run);

    /// <summary>A run has ended. Telling it again changes nothing.</summary>
    /// <param name="run">The run.</param>
    Task EndedAsync([Immutable] RunEntry run);

    /// <summary>Strikes out a run that never began.</summary>
    /// <param name="runId">The run.</param>
    Task ForgetAsync(string runId);

    /// <summary>The runs that have not ended.</summary>
    /// <returns>In the order in which they began.</returns>
    Task<IReadOnlyList<RunEntry>> GetActiveAsync();

    /// <summary>All runs that are known: those that have not ended, then the latest that have.</summary>
    /// <returns>The latest first.</returns>
    Task<IReadOnlyList<RunEntry>> ListAsync();

    /// <summary>One run.</summary>
    /// <param name="runId">The run.</param>
    /// <returns>Null where it is not known.</returns>
    Task<RunEntry?> FindAsync(string runId);
}
