using Curation.Clips;
using Curation.Dataset.Snapshots;

namespace Curation.Dataset.Rejudging;

/// <summary>Adds up what became of clips.</summary>
internal sealed class RejudgeTally
{
    private const double SecondsPerHour = 3600;

    private readonly Dictionary<(ClipOutcome From, ClipOutcome To), long> _moves = [];
    private readonly SortedDictionary<string, long> _byFilter = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _bySplit = SplitNames.All.ToDictionary(split => split, _ => 0L);
    private readonly Dictionary<string, double> _secondsBySplit = SplitNames.All.ToDictionary(split => split, _ => 0.0);
    private readonly Dictionary<ClipOutcome, double> _seconds = Enum.GetValues<ClipOutcome>().ToDictionary(outcome => outcome, _ => 0.0);

    /// <summary>Clips by what they were and what they are now.</summary>
    public IReadOnlyDictionary<(ClipOutcome From, ClipOutcome To), long> Moves => _moves;

    /// <summary>Clips whose media was cut.</summary>
    public long Cut { get; set; }

    /// <summary>Clips that wait for their media.</summary>
    public long Deferred { get; set; }

    /// <summary>Counts clips of one kind.</summary>
    public void Add(ClipOutcome from, ClipOutcome to, string? split, string? rejectedBy, long clips, double seconds)
    {
        _moves[(from, to)] = _moves.GetValueOrDefault((from, to)) + clips;
        _seconds[to] += seconds;
        if (to == ClipOutcome.Rejected) _byFilter[rejectedBy!] = _byFilter.GetValueOrDefault(rejectedBy!) + clips;
        if (to != ClipOutcome.Retained) return;

        _bySplit[split!] += clips;
        _secondsBySplit[split!] += seconds;
    }

    /// <summary>Takes over what another one counted.</summary>
    public void Add(RejudgeTally other)
    {
        foreach (var (move, clips) in other._moves) _moves[move] = _moves.GetValueOrDefault(move) + clips;
        foreach (var (filter, clips) in other._byFilter) _byFilter[filter] = _byFilter.GetValueOrDefault(filter) + clips;
        foreach (var (split, clips) in other._bySplit) _bySplit[split] += clips;
        foreach (var (split, seconds) in other._secondsBySplit) _secondsBySplit[split] += seconds;
        foreach (var (outcome, seconds) in other._seconds) _seconds[outcome] += seconds;
        Cut += other.Cut;
        Deferred += other.Deferred;
    }

    /// <summary>The funnel; what a policy cannot change is taken from the one before.</summary>
    public ManifestFunnel Funnel(ManifestFunnel before) => before with
    {
        Clips = _moves.Values.Sum(),
        Retained = Clips(ClipOutcome.Retained),
        Held = Clips(ClipOutcome.Held),
        Rejected = Clips(ClipOutcome.Rejected),
        ByFilter = _byFilter,
        BySplit = _bySplit,
    };

    /// <summary>The hours; what a policy cannot change is taken from those before.</summary>
    public ManifestHours Hours(ManifestHours before) => before with
    {
        Retained = _seconds[ClipOutcome.Retained] / SecondsPerHour,
        Held = _seconds[ClipOutcome.Held] / SecondsPerHour,
        Rejected = _seconds[ClipOutcome.Rejected] / SecondsPerHour,
        BySplit = _secondsBySplit.ToDictionary(pair => pair.Key, pair => pair.Value / SecondsPerHour),
    };

    private long Clips(ClipOutcome outcome) => _moves.Where(move => move.Key.To == outcome).Sum(move => move.Value);
}
