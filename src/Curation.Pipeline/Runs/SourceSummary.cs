using Curation.Clips;

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

    /// <summary>Counts an outcome.</summary>
    /// <param name="outcome">A source's outcome.</param>
    /// <param name="alreadyDone">Whether an earlier run made it.</param>
    /// <returns>Its counts.</returns>
    public static SourceSummary From(SourceOutcome outcome, bool alreadyDone)
    {
        ArgumentNullException.ThrowIfNull(outcome);

        return new SourceSummary
        {
            AlreadyDone = alreadyDone,
            Failure = outcome.Quarantine is { } quarantine ? new SourceFailure(quarantine.Stage, quarantine.Reason, false) : null,
            Clips = outcome.Clips.Count,
            Retained = outcome.Clips.Count(clip => clip.Outcome == ClipOutcome.Retained),
            Held = outcome.Clips.Count(clip => clip.Outcome == ClipOutcome.Held),
            ByFilter = Count(outcome.Clips.Where(clip => clip.Outcome == ClipOutcome.Rejected).Select(clip => clip.RejectedBy!)),
            BySplit = Count(outcome.Clips.Where(clip => clip.Outcome == ClipOutcome.Retained).Select(clip => (clip.Split ?? Split.Sound).ToName())),
            MediaSeconds = outcome.MediaSeconds,
            AnalysisSeconds = alreadyDone ? 0 : outcome.AnalysisSeconds,
            DecodePasses = alreadyDone ? 0 : outcome.DecodePasses,
        };
    }

    private static Dictionary<string, int> Count(IEnumerable<string> names) =>
        names.GroupBy(name => name).ToDictionary(group => group.Key, group => group.Count());
}
