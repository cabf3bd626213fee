namespace Curation.Pipeline.Verifying;

/// <summary>What was looked at, and what is wrong.</summary>
public sealed record VerifyReport
{
    /// <summary>Name of the snapshot.</summary>
    public required string Snapshot { get; init; }

    /// <summary>Shards the manifest names.</summary>
    public required int Shards { get; init; }

    /// <summary>Their rows, as the manifest says.</summary>
    public required long Rows { get; init; }

    /// <summary>Retained clips whose media was looked for.</summary>
    public required long Clips { get; init; }

    /// <summary>Bytes of media that were read.</summary>
    public required long MediaBytes { get; init; }

    /// <summary>Clips that were decoded and measured again.</summary>
    public required int Sampled { get; init; }

    /// <summary>Files of media that no row names; null where that could not be told.</summary>
    public required long? Strays { get; init; }

    /// <summary>Everything that is wrong, by check and path.</summary>
    public required IReadOnlyList<VerifyProblem> Problems { get; init; }

    /// <summary>What is odd, but harms no reader.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Checks that could not be made, and why.</summary>
    public required IReadOnlyList<string> NotRun { get; init; }
}
