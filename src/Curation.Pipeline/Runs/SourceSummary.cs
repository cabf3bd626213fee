using Curation.Dataset.Fragments;

namespace Curation.Pipeline.Runs;

/// <summary>What a run remembers of a source: counts, never rows.</summary>
public sealed record SourceSummary
{
    /// <summary>True where an earlier run had already done it and nothing changed.</summary>
    public bool AlreadyDone { get; init; }

    /// <summary>Why it was quarantined; null where it was not.</summary>
    public SourceFailure? Failure { get; init; }

    /// <summary>Clips, whatever became of them.</summary>
    public int Clips { get; init; }

    /// <summary>Clips retained.</summary>
    public int Retained { get; init; }

    /// <summary>Clips held.</summary>
    public int Held { get; init; }

    /// <summary>Clips that wait for an answer of an endpoint.</summary>
    public int Pending { get; init; }

    /// <summary>Clips rejected, by the first filter that rejects.</summary>
    public IReadOnlyDictionary<string, int> ByFilter { get; init; } = new Dictionary<string, int>();

    /// <summary>Clips retained, by split.</summary>
    public IReadOnlyDictionary<string, int> BySplit { get; init; } = new Dictionary<string, int>();

    /// <summary>Seconds of media in the source.</summary>
    public double MediaSeconds { get; init; }

    /// <summary>Wall seconds the analysis pass took in this run; 0 where it was already done.</summary>
    public double AnalysisSeconds { get; init; }

    /// <summary>Full decodes made in this run; 0 where it was already done.</summary>
    public int DecodePasses { get; init; }

    /// <summary>Counts of a source whose fragment stands.</summary>
    /// <param name="fragment">What its fragment adds up to.</param>
    /// <param name="alreadyDone">Whether an earlier run made it.</param>
    /// <returns>The counts.</returns>
    public static SourceSummary From(FragmentSummary fragment, bool alreadyDone)
    {
        ArgumentNullException.ThrowIfNull(fragment);

        return new SourceSummary
        {
            AlreadyDone = alreadyDone,
            Clips = fragment.Retained.Values.Sum() + fragment.Held + fragment.Rejected.Values.Sum(),
            Retained = fragment.Retained.Values.Sum(),
            Held = fragment.Held,
            Pending = fragment.Pending,
            ByFilter = fragment.Rejected,
            BySplit = fragment.Retained,
            MediaSeconds = fragment.MediaSeconds,
        };
    }
}
