using Curation.Clips;

namespace Curation.Dataset.Exporting;

/// <summary>What is exported, and where to.</summary>
/// <param name="Format">For whose readers.</param>
/// <param name="Output">A folder of this machine that is not there yet, or is empty.</param>
public sealed record ExportRequest(ExportFormat Format, string Output)
{
    /// <summary>Default of <see cref="ShardBytes"/>: what one tar of most published video sets is near.</summary>
    public const long DefaultShardBytes = 1_000_000_000;

    /// <summary>Names of the splits; all of them where nothing is said.</summary>
    public IReadOnlyList<string> Splits { get; init; } = SplitNames.All;

    /// <summary>The most bytes of one tar. A clip that is larger alone has a tar of its own; a tar never ends inside a clip.</summary>
    public long ShardBytes { get; init; } = DefaultShardBytes;
}
