using System.Text.Json.Serialization;
using Curation.Clips;

namespace Curation.Pipeline.Sources;

/// <summary>One source of a run, or the reason why it cannot be opened.</summary>
public sealed record SourceItem
{
    /// <summary>The stage that a source is quarantined at which cannot be opened.</summary>
    public const string OpenStage = "open";

    /// <summary>Percent-encoded address, <c>file://</c> or of an object store, never with a query; for a broken line of a list, the list's address with <c>#L</c> and the line.</summary>
    public required string Uri { get; init; }

    /// <summary>Absolute path, as the address says it; null for a source that does not lie in a file of this machine. Never travels.</summary>
    [JsonIgnore]
    public string? LocalPath => SourceUri.ToPath(Uri);

    /// <summary>Size in bytes; null where it could not be told.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>When it was last written; null where it could not be told.</summary>
    public DateTimeOffset? ModifiedUtc { get; init; }

    /// <summary>The version of an object; null for files.</summary>
    public string? ETag { get; init; }

    /// <summary>Licence, as the list gives it.</summary>
    public string? Licence { get; init; }

    /// <summary>Rights statement, as the list gives it.</summary>
    public string? Rights { get; init; }

    /// <summary>Why it cannot be opened; null for a source to work on.</summary>
    public string? Problem { get; init; }

    /// <summary>The quarantine record of a source that cannot be opened.</summary>
    /// <returns>Null where there is no problem.</returns>
    public QuarantineRecord? ToQuarantine() =>
        Problem is null ? null : new QuarantineRecord(Uri, null, SizeBytes, OpenStage, Problem);
}
