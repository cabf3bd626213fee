using System.Globalization;
using Curation.Clips;
using Curation.Media.Probing;

namespace Curation.Media.Cutting;

/// <summary>
/// Where to start the decode of a span. One second before it lets a sound decoder settle and covers sound stored before its picture; where the
/// first frame is missing all the same (an index that points behind a key frame), the next place is tried, and last the source's start.
/// </summary>
internal static class SeekLadder
{
    private static readonly TimeSpan[] Margins = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15)];

    /// <summary>The places in the order to try them; null is the source's start.</summary>
    /// <param name="source">The source.</param>
    /// <param name="span">What is wanted of it.</param>
    /// <param name="soundShift">How far the wanted sound may lie from the wanted pictures.</param>
    public static IEnumerable<TimeSpan?> For(SourceInfo source, ClipSpan span, TimeSpan soundShift)
    {
        foreach (var margin in Margins)
        {
            var at = span.Start - margin - soundShift.Duration();
            if (at > source.StartTime) yield return at;
        }

        yield return null;
    }

    /// <summary>The options that stand before the input.</summary>
    public static IEnumerable<string> Options(TimeSpan? seek) => seek is { } at
        ? ["-noaccurate_seek", "-seek_timestamp", "1", "-ss", string.Create(CultureInfo.InvariantCulture, $"{at.Ticks / 10}us")]
        : [];
}
