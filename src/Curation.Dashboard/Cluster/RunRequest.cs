namespace Curation.Dashboard.Cluster;

/// <summary>What somebody asks of a run, unchecked: as <c>curate run --cluster</c> takes it.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">The data set that it writes.</param>
/// <param name="Policy">A preset, or a file that this silo sees.</param>
public sealed record RunRequest(string Input, string Output, string Policy)
{
    /// <summary>Folder of the models, the same on every silo; null for none.</summary>
    public string? Models { get; init; }

    /// <summary>Stop after this many sources; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Sources at once; null for as many as the silos take.</summary>
    public int? Parallelism { get; init; }
}
