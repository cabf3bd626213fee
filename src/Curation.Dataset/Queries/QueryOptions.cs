namespace Curation.Dataset.Queries;

/// <summary>What a query over a data set may take of this machine.</summary>
public sealed record QueryOptions
{
    /// <summary>Threads.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Memory in MB before DuckDB spills to disk. With what lies outside of its count, 1,000 stay under 1.5 GB.</summary>
    public int MemoryMegabytes { get; init; } = 1000;

    /// <summary>Where it spills.</summary>
    public string SpillFolder { get; init; } = Path.GetTempPath();
}
