namespace Curation.Pipeline.Runs;

/// <summary>The sums over a run's sources. Its size does not grow with their number.</summary>
public sealed record RunCounts
{
    /// <summary>Sources that are through, quarantined ones included.</summary>
    public int Sources { get; init; }

    /// <summary>Sources that an earlier run had already done.</summary>
    public int AlreadyDone { get; init; }

    /// <summary>Sources that could not be processed.</summary>
    public int Quarantined { get; init; }

    /// <summary>Clips, whatever became of them.</summary>
    public int Clips { get; init; }

    /// <summary>Clips retained.</summary>
    public int Retained { get; init; }

    /// <summary>Clips held.</summary>
    public int Held { get; init; }

    /// <summary>Clips, kept or not, that wait for an answer of an endpoint; the same run again asks for it.</summary>
    public int Pending { get; init; }

    /// <summary>Clips rejected, by the first filter that rejects.</summary>
    public IReadOnlyDictionary<string, int> ByFilter { get; init; } = new SortedDictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Clips retained, by split.</summary>
    public IReadOnlyDictionary<string, int> BySplit { get; init; } = new SortedDictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Seconds of media in the sources.</summary>
    public double MediaSeconds { get; init; }

    /// <summary>Seconds of media analysed in this run.</summary>
    public double AnalysedSeconds { get; init; }

    /// <summary>Wall seconds of analysis in this run, summed over sources.</summary>
    public double AnalysisSeconds { get; init; }

    /// <summary>Full decodes of sources in this run.</summary>
    public int DecodePasses { get; init; }

    /// <summary>Clips rejected.</summary>
    public int Rejected => Clips - Retained - Held;

    /// <summary>These counts and one more source.</summary>
    /// <param name="source">The source.</param>
    /// <returns>The new sums.</returns>
    public RunCounts Add(SourceSummary source)
    {
        ArgumentNullException.ThrowIfNull(source);

        return this with
        {
            Sources = Sources + 1,
            AlreadyDone = AlreadyDone + (source.AlreadyDone ? 1 : 0),
            Quarantined = Quarantined + (source.Failure is null ? 0 : 1),
            Clips = Clips + source.Clips,
            Retained = Retained + source.Retained,
            Held = Held + source.Held,
            Pending = Pending + source.Pending,
            ByFilter = Merge(ByFilter, source.ByFilter),
            BySplit = Merge(BySplit, source.BySplit),
            MediaSeconds = MediaSeconds + source.MediaSeconds,
            AnalysedSeconds = AnalysedSeconds + (source.AlreadyDone ? 0 : source.MediaSeconds),
            AnalysisSeconds = AnalysisSeconds + source.AnalysisSeconds,
            DecodePasses = DecodePasses + source.DecodePasses,
        };
    }

    private static IReadOnlyDictionary<string, int> Merge(IReadOnlyDictionary<string, int> sums, IReadOnlyDictionary<string, int> more)
    {
        if (more.Count == 0) return sums;

        var merged = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, count) in sums.Concat(more)) merged[name] = merged.GetValueOrDefault(name) + count;
        return merged;
    }
}
