namespace Curation.Pipeline.Planning;

/// <summary>What a run over all sources is expected to give and to take. Intervals hold the truth in nine of ten samples.</summary>
public sealed record PlanForecast
{
    /// <summary>All sources of the input, those that cannot be opened included.</summary>
    public required long Sources { get; init; }

    /// <summary>Sources that are quarantined.</summary>
    public required Estimate Quarantined { get; init; }

    /// <summary>Clips, whatever becomes of them. Clips = retained + held + rejected.</summary>
    public required Estimate Clips { get; init; }

    /// <summary>Clips retained.</summary>
    public required Estimate Retained { get; init; }

    /// <summary>Clips held.</summary>
    public required Estimate Held { get; init; }

    /// <summary>Clips rejected.</summary>
    public required Estimate Rejected { get; init; }

    /// <summary>Clips retained of all clips, 0..1; null where the sample gave no clip.</summary>
    public required Estimate? RetainedShare { get; init; }

    /// <summary>Clips retained, every split included.</summary>
    public required IReadOnlyDictionary<string, Estimate> BySplit { get; init; }

    /// <summary>Clips rejected, by the first filter that rejects; filters that rejected none are left out.</summary>
    public required IReadOnlyDictionary<string, Estimate> ByFilter { get; init; }

    /// <summary>Hours of media in the sources.</summary>
    public required Estimate MediaHours { get; init; }

    /// <summary>Hours of retained clips.</summary>
    public required Estimate RetainedHours { get; init; }

    /// <summary>Hours of retained clips, every split included.</summary>
    public required IReadOnlyDictionary<string, Estimate> RetainedHoursBySplit { get; init; }

    /// <summary>Hours of one processor core, of this machine's kind; null where they could not be measured.</summary>
    public required Estimate? CoreHours { get; init; }

    /// <summary>Hours in which the models have a GPU for themselves; null where no model ran on one.</summary>
    public required Estimate? GpuHours { get; init; }

    /// <summary>Hours on the clock with <see cref="PlanCosts.Cores"/> cores; null where core hours are.</summary>
    public required Estimate? WallHours { get; init; }

    /// <summary>Bytes of the data set.</summary>
    public required Estimate StoredBytes { get; init; }

    /// <summary>Bytes of the retained clips alone.</summary>
    public required Estimate MediaBytes { get; init; }

    /// <summary>Answers of endpoints; null where none is configured. Requests that are sent again are not counted.</summary>
    public required Estimate? Requests { get; init; }

    /// <summary>What the run costs once; null where nothing that it takes has a price.</summary>
    public required Estimate? CostOnce { get; init; }

    /// <summary>What the data set costs in a month; null without a price for storage.</summary>
    public required Estimate? CostMonth { get; init; }

    /// <summary>What the strata are expected to give, in the order of the design.</summary>
    public required IReadOnlyList<StratumForecast> Strata { get; init; }

    /// <summary>Whether every source was curated, so that counts are known and not forecast.</summary>
    public required bool IsCensus { get; init; }
}
