namespace Curation.Pipeline.Planning;

/// <summary>A time in which something was worked on, by one clock.</summary>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended; not before.</param>
public readonly record struct WorkSpan(TimeSpan Start, TimeSpan End)
{
    /// <summary>How long at least one of several spans lasted.</summary>
    /// <param name="spans">In any order.</param>
    /// <returns>Zero of none.</returns>
    public static TimeSpan Union(IEnumerable<WorkSpan> spans)
    {
        ArgumentNullException.ThrowIfNull(spans);

        var (covered, until) = (TimeSpan.Zero, TimeSpan.MinValue);
        foreach (var span in spans.OrderBy(span => span.Start))
        {
            if (span.End <= until) continue;

            covered += span.End - (span.Start > until ? span.Start : until);
            until = span.End;
        }

        return covered;
    }
}
