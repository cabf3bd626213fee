using Curation.Clips;
using Curation.Clips.Deciding;

namespace Curation.Dataset.Report.Counting;

/// <summary>
/// A few clips of every kind. A clip's name is a hash, so the clips with the smallest names are a fair draw that is the same
/// in whatever order the rows come.
/// </summary>
internal sealed class ExampleReservoir
{
    private const int PerKind = 12;
    private const int MostKinds = 64;

    private readonly Dictionary<(ClipOutcome Outcome, string Kind), SortedList<string, ClipRecord>> _kinds = [];

    /// <summary>Offers a clip.</summary>
    public void Offer(ClipRecord clip)
    {
        var key = (clip.Outcome, Kind(clip));
        if (!_kinds.TryGetValue(key, out var clips))
        {
            if (_kinds.Count >= MostKinds) return;
            _kinds.Add(key, clips = new SortedList<string, ClipRecord>(StringComparer.Ordinal));
        }

        if (clips.Count == PerKind)
        {
            if (string.CompareOrdinal(clip.Id.Value, clips.GetKeyAtIndex(PerKind - 1)) >= 0) return;
            if (!clips.ContainsKey(clip.Id.Value)) clips.RemoveAt(PerKind - 1);
        }

        clips[clip.Id.Value] = clip;
    }

    /// <summary>Clips of one outcome: one of every kind, then a second of every kind, and so on.</summary>
    /// <param name="outcome">What became of them.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="order">The kinds in the order they take turns; those not in it come last.</param>
    public IReadOnlyList<ClipRecord> Draw(ClipOutcome outcome, int count, IReadOnlyList<string> order)
    {
        var places = order.Select((kind, place) => (kind, place)).ToDictionary(entry => entry.kind, entry => entry.place);
        var drawn = _kinds
            .Where(pair => pair.Key.Outcome == outcome)
            .SelectMany(pair => pair.Value.Values.Select((clip, turn) => (clip, turn, pair.Key.Kind)))
            .OrderBy(entry => entry.turn)
            .ThenBy(entry => places.GetValueOrDefault(entry.Kind, int.MaxValue))
            .ThenBy(entry => entry.Kind, StringComparer.Ordinal)
            .Take(count);

        // What was drawn is shown kind by kind.
        return [.. drawn.OrderBy(entry => places.GetValueOrDefault(entry.Kind, int.MaxValue)).ThenBy(entry => entry.turn).Select(entry => entry.clip)];
    }

    /// <summary>What a clip is an example of: a kind of sound, a missing measurement, a filter.</summary>
    private static string Kind(ClipRecord clip) => clip.Outcome switch
    {
        ClipOutcome.Retained => clip.Split?.ToName(),
        ClipOutcome.Held => clip.Verdicts.FirstOrDefault(verdict => verdict.Outcome == VerdictOutcome.Hold)?.Filter,
        _ => clip.RejectedBy,
    } ?? string.Empty;
}
