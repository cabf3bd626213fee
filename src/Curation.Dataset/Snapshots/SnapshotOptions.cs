namespace Curation.Dataset.Snapshots;

/// <summary>Sizes of shards and row groups. They bound the memory of a commit.</summary>
public sealed record SnapshotOptions
{
    /// <summary>Rows collected before a row group is written; more compress and scan better, fewer take less memory. Up to seven shards are open at once.</summary>
    public int RowGroupRows { get; init; } = 1024;

    /// <summary>A shard with this many rows may end, after the next source whose name says so.</summary>
    public int MinShardRows { get; init; } = 12_500;

    /// <summary>A shard with this many rows ends. One source's rows of one table are never divided.</summary>
    public int MaxShardRows { get; init; } = 50_000;
}
