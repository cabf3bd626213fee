using Curation.Pipeline.Runs;

namespace Curation.Grains;

/// <summary>What a run keeps outside memory, so that any silo can go on with it. Its size does not grow with the number of sources.</summary>
public sealed record RunRecord
{
    /// <summary>What to do; null for a run that nobody started.</summary>
    public RunPlan? Plan { get; init; }

    /// <summary>How far it is; never <see cref="RunState.Paused"/>, which a run that is taken up finds out anew.</summary>
    public RunState State { get; init; }

    /// <summary>The sums over the sources that are through.</summary>
    public RunCounts Counts { get; init; } = new();

    /// <summary>Bytes of these sources.</summary>
    public long DoneBytes { get; init; }

    /// <summary>Where in the listing the run is.</summary>
    public RunCursor Cursor { get; init; } = new();

    /// <summary>Sources of the whole listing; null until they are counted.</summary>
    public int? TotalSources { get; init; }

    /// <summary>Their bytes; 0 until they are counted.</summary>
    public long TotalBytes { get; init; }

    /// <summary>When somebody started it.</summary>
    public DateTimeOffset? StartedUtc { get; init; }

    /// <summary>When it ended, however it did.</summary>
    public DateTimeOffset? EndedUtc { get; init; }

    /// <summary>Seconds that a silo was at it, summed over all that were.</summary>
    public double WallSeconds { get; init; }

    /// <summary>How often a silo took it up; 1 for a run that nothing interrupted.</summary>
    public int Attempts { get; init; }

    /// <summary>Silos that died with sources of this run in work, or with the run itself.</summary>
    public int Deaths { get; init; }

    /// <summary>True where its silo left in good order, so that no source is to blame.</summary>
    public bool HandedOver { get; init; }

    /// <summary>True once somebody cancelled it.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    public string? Error { get; init; }

    /// <summary>What stands in the data set; null until the run is done.</summary>
    public RunResult? Result { get; init; }

    /// <summary>Quarantined sources, as far as they are listed.</summary>
    public IReadOnlyList<QuarantinedSource> Quarantined { get; init; } = [];

    /// <summary>Names the activation that wrote it: two at once, as after a network split, must not both go on.</summary>
    public string? Holder { get; init; }
}
