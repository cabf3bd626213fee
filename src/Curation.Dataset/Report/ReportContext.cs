namespace Curation.Dataset.Report;

/// <summary>What a report says beside what the rows say.</summary>
public sealed record ReportContext
{
    /// <summary>Name of the data set, for the title.</summary>
    public required string DatasetName { get; init; }

    /// <summary>When the snapshot was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>See <see cref="Clips.PipelineVersion"/>.</summary>
    public required string PipelineVersion { get; init; }

    /// <summary>What the run cost; null where the report was made from stored rows alone, as after a rejudgement.</summary>
    public ReportRunFacts? Run { get; init; }

    /// <summary>The model slots that had no model.</summary>
    public IReadOnlyList<AbsentSlot> AbsentSlots { get; init; } = [];

    /// <summary>
    /// Reads a still by its path relative to the data set; gives null where it is not there. Without it, or for what is no
    /// JPEG, PNG or WebP, the examples stand without stills.
    /// </summary>
    public Func<string, CancellationToken, ValueTask<ReadOnlyMemory<byte>?>>? LoadPoster { get; init; }
}
