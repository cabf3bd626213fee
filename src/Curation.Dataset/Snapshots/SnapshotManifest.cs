using System.Text.Json.Serialization;

namespace Curation.Dataset.Snapshots;

/// <summary>The content of <c>dataset.json</c>: what the data set is, right now. It is replaced whole.</summary>
public sealed record SnapshotManifest
{
    /// <summary>Path of the manifest.</summary>
    public const string Path = "dataset.json";

    /// <summary>Name of the snapshot: 32 hexadecimal digits made from its content and its parent.</summary>
    public string Id { get; init; } = "";

    /// <summary>The snapshot before; null for the first.</summary>
    public string? Parent { get; init; }

    /// <summary>When it was committed.</summary>
    public DateTimeOffset CreatedUtc { get; init; }

    /// <summary>The commit whose staging may still hold shards of this snapshot, where it has not moved them into their folders yet; null where it wrote none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Staging { get; init; }

    /// <summary>See <see cref="Clips.PipelineVersion"/>.</summary>
    public required string PipelineVersion { get; init; }

    /// <summary>The policy of the run that committed it; every row carries its own.</summary>
    public required ManifestPolicy Policy { get; init; }

    /// <summary>The models of the run that committed it, by slot.</summary>
    public IReadOnlyList<ManifestModel> Models { get; init; } = [];

    /// <summary>Every file with rows.</summary>
    public IReadOnlyList<ManifestShard> Shards { get; init; } = [];

    /// <summary>Counts.</summary>
    public ManifestFunnel Funnel { get; init; } = new();

    /// <summary>Hours.</summary>
    public ManifestHours Hours { get; init; } = new();
}
