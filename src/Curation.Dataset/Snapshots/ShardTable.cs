using Curation.Clips;
using Curation.Dataset.Fragments;

namespace Curation.Dataset.Snapshots;

/// <summary>One of the folders that shards lie in.</summary>
/// <param name="Folder">Its path.</param>
/// <param name="Split">The split's name; null outside <c>triplets</c>.</param>
/// <param name="Outcome">What its clips became; null for quarantine.</param>
internal sealed record ShardTable(string Folder, string? Split, ClipOutcome? Outcome)
{
    public const string TripletsFolder = "triplets";
    public const string HeldFolder = "held";
    public const string RejectedFolder = "rejected";
    public const string QuarantineFolder = "quarantine";

    /// <summary>Every table, in the order of the manifest.</summary>
    public static IReadOnlyList<ShardTable> All { get; } =
    [
        .. SplitNames.All.Select(split => new ShardTable($"{TripletsFolder}/split={split}", split, ClipOutcome.Retained)),
        new(HeldFolder, null, ClipOutcome.Held),
        new(RejectedFolder, null, ClipOutcome.Rejected),
        new(QuarantineFolder, null, null),
    ];

    /// <summary>The top folders.</summary>
    public static IReadOnlyList<string> Folders { get; } = [TripletsFolder, HeldFolder, RejectedFolder, QuarantineFolder];

    /// <summary>How many rows a source has here.</summary>
    public int RowsOf(FragmentSummary summary) => Outcome switch
    {
        ClipOutcome.Retained => summary.Retained.GetValueOrDefault(Split!),
        ClipOutcome.Held => summary.Held,
        ClipOutcome.Rejected => summary.Rejected.Values.Sum(),
        _ => summary.Quarantined ? 1 : 0,
    };

    /// <summary>Whether a clip's row lies here.</summary>
    public bool Holds(ClipRecord clip) => clip.Outcome == Outcome && (Split is null || clip.Split?.ToName() == Split);

    /// <summary>What the clips of a shard became.</summary>
    /// <param name="path">Path of the shard.</param>
    /// <returns>Null for quarantine.</returns>
    public static ClipOutcome? OutcomeOf(string path) => path.Split('/')[0] switch
    {
        TripletsFolder => ClipOutcome.Retained,
        HeldFolder => ClipOutcome.Held,
        RejectedFolder => ClipOutcome.Rejected,
        _ => null,
    };
}
