using Curation.Clips;

namespace Curation.Filters.Scene;

/// <summary>Turns changes of scene into the spans of clips.</summary>
public static class ScenePlan
{
    /// <summary>A fade or dissolve up to this long lies in no clip.</summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(4);

    /// <summary>Splits a source. Scenes are never glued; short ones stay, and the policy rejects them.</summary>
    /// <param name="cuts">Changes of scene in order of time.</param>
    /// <param name="sourceStart">Time of the first picture.</param>
    /// <param name="sourceEnd">Where the last picture ends.</param>
    /// <param name="frameTimes">Times of all pictures, rising; boundaries inside a scene fall on them.</param>
    /// <param name="clipMax">A longer scene is cut into equal parts, as near as the pictures allow and none longer than this.</param>
    /// <returns>Spans in order of time. Between them lie at most the mixed pictures of fades and dissolves.</returns>
    public static IReadOnlyList<ClipSpan> Split(
        IReadOnlyList<SceneCut> cuts, TimeSpan sourceStart, TimeSpan sourceEnd, ReadOnlySpan<TimeSpan> frameTimes, TimeSpan clipMax)
    {
        ArgumentNullException.ThrowIfNull(cuts);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(clipMax, TimeSpan.Zero);
        var spans = new List<ClipSpan>();
        var start = sourceStart;
        foreach (var cut in cuts)
        {
            if (cut.Time <= start || cut.Time >= sourceEnd) continue;

            var clean = cut.To - cut.From <= LongestGap && cut.From > start && cut.To < sourceEnd;
            Divide(start, clean ? cut.From : cut.Time, frameTimes, clipMax, spans);
            start = clean ? cut.To : cut.Time;
        }

        if (sourceEnd > start) Divide(start, sourceEnd, frameTimes, clipMax, spans);
        return spans;
    }

    private static void Divide(TimeSpan start, TimeSpan end, ReadOnlySpan<TimeSpan> frameTimes, TimeSpan clipMax, List<ClipSpan> spans)
    {
        var parts = (int)Math.Ceiling((end - start) / clipMax);
        for (; ; parts++)
        {
            var first = spans.Count;
            var from = start;
            var fits = true;
            for (var i = 1; i <= parts; i++)
            {
                var to = i == parts ? end : Nearest(frameTimes, start + (end - start) * ((double)i / parts));
                if (to <= from) continue;

                fits &= to - from <= clipMax;
                spans.Add(new ClipSpan(from, to));
                from = to;
            }

            // Rounding to pictures may make a part too long by half a picture; pictures further apart than the limit cannot be helped.
            if (fits || parts >= 2 * ((end - start) / clipMax) + 2) return;
            spans.RemoveRange(first, spans.Count - first);
        }
    }

    private static TimeSpan Nearest(ReadOnlySpan<TimeSpan> times, TimeSpan wanted)
    {
        if (times.IsEmpty) return wanted;

        var at = times.BinarySearch(wanted);
        if (at >= 0) return wanted;

        at = ~at;
        if (at == 0) return times[0];
        if (at == times.Length) return times[^1];
        return wanted - times[at - 1] <= times[at] - wanted ? times[at - 1] : times[at];
    }
}
