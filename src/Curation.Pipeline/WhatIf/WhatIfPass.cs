using System.Numerics;

namespace Curation.Pipeline.WhatIf;

/// <summary>Two policies over all clips in one pass. Clips go through in blocks whose masks stay in the processor's nearest cache, so nothing is kept for a clip.</summary>
/// <param name="rows">The clips.</param>
/// <param name="shared">Limits that both policies have.</param>
/// <param name="before">Limits of the policy of now alone, changed ones included.</param>
/// <param name="after">Limits of the other policy alone.</param>
internal sealed class WhatIfPass(WhatIfRows rows, IReadOnlyList<LimitKernel> shared, IReadOnlyList<LimitKernel> before, IReadOnlyList<LimitKernel> after)
{
    /// <summary>Clips in a block.</summary>
    public const int BlockRows = 1024;

    // A part is a whole number of blocks; parts are added up in order, so that sums do not depend on who was faster.
    private const int PartRows = 64 * BlockRows;

    private readonly LimitKernel[] _changed = [.. after, .. before.Where(limit => after.All(other => other.Place != limit.Place))];

    /// <summary>Length below which clips are too short: of now, and of the other policy.</summary>
    public required (TimeSpan Before, TimeSpan After) ClipMin { get; init; }

    /// <summary>By bit: the bar of each clip.</summary>
    public required byte[][] Bars { get; init; }

    /// <summary>By bit: where a measurement's bars lie; null for the length.</summary>
    public required WhatIfAxis?[] Axes { get; init; }

    /// <summary>How many examples to find on each side.</summary>
    public int Examples { get; init; }

    /// <summary>Counts what the other policy makes of the clips, and which of them change sides.</summary>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    public Found Run(CancellationToken cancellationToken)
    {
        var parts = new Found[(rows.Count + PartRows - 1) / PartRows];
        Parallel.For(0, parts.Length, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, part =>
        {
            var found = new Found(Bars, Examples);
            var end = Math.Min(rows.Count, (part + 1) * PartRows);
            Span<uint> masks = stackalloc uint[4 * BlockRows];
            for (var from = part * PartRows; from < end; from += BlockRows) Run(from, Math.Min(BlockRows, end - from), masks, found);
            parts[part] = found;
        });
        var all = new Found(Bars, Examples);
        foreach (var part in parts) all.Add(part);
        return all;
    }

    private void Run(int from, int count, Span<uint> masks, Found found)
    {
        var rejects = masks[..count];
        var lacks = masks.Slice(BlockRows, count);
        rows.MarkShort(from, ClipMin.After, rejects);
        lacks.Clear();
        foreach (var limit in shared) limit.Mark(from, rejects, lacks);
        if (before.Count + after.Count == 0 && ClipMin.Before == ClipMin.After)
        {
            found.Tally.Add(rows, from, rejects, lacks);
            return;
        }

        var rejectsBefore = masks.Slice(2 * BlockRows, count);
        var lacksBefore = masks.Slice(3 * BlockRows, count);
        rejects.CopyTo(rejectsBefore);
        lacks.CopyTo(lacksBefore);
        if (ClipMin.Before != ClipMin.After) RemarkShort(from, rejectsBefore);
        foreach (var limit in before) limit.Mark(from, rejectsBefore, lacksBefore);
        foreach (var limit in after) limit.Mark(from, rejects, lacks);
        found.Tally.Add(rows, from, rejects, lacks);
        for (var row = 0; row < count; row++)
        {
            var (was, becomes) = (rejectsBefore[row] | lacksBefore[row], rejects[row] | lacks[row]);
            if ((was == 0) == (becomes == 0)) continue;

            var seconds = new WhatIfCount(1, rows.SecondsOf(from + row));
            var (place, distance) = Nearest(from + row, (rejectsBefore[row] ^ rejects[row]) | (lacksBefore[row] ^ lacks[row]));
            if (becomes == 0)
            {
                found.Gained += seconds;
                found.NearestGained.Offer(from + row, place, distance);
            }
            else
            {
                found.Lost += seconds;
                found.NearestLost.Offer(from + row, place, distance);
            }
        }
    }

    private void RemarkShort(int from, Span<uint> rejects)
    {
        Span<uint> shorter = stackalloc uint[rejects.Length];
        rows.MarkShort(from, ClipMin.Before, shorter);
        for (var row = 0; row < rejects.Length; row++) rejects[row] = (rejects[row] & ~1u) | shorter[row];
    }

    // The changed limit whose bounds, those of then where it has some, lie nearest to the clip's value.
    private (int Place, double Distance) Nearest(int row, uint changed)
    {
        var (place, distance) = (BitOperations.TrailingZeroCount(changed), double.MaxValue);
        foreach (var limit in _changed)
        {
            var value = limit.JudgedValue(row);
            if (((changed >> limit.Place) & 1) == 0 || double.IsNaN(value)) continue;

            var away = limit.DistanceOf(value, Axes[limit.Place]!);
            if (away < distance) (place, distance) = (limit.Place, away);
        }

        return (place, distance);
    }

    /// <summary>What a pass found.</summary>
    /// <param name="bars">By bit: the bar of each clip.</param>
    /// <param name="examples">How many examples to keep on each side.</param>
    internal sealed class Found(byte[][] bars, int examples)
    {
        /// <summary>Counts of the other policy.</summary>
        public WhatIfTally Tally { get; } = new(bars);

        /// <summary>Clips that it alone retains.</summary>
        public WhatIfCount Gained { get; set; }

        /// <summary>Clips that the policy of now alone retains.</summary>
        public WhatIfCount Lost { get; set; }

        /// <summary>The nearest of those gained.</summary>
        public NearestClips NearestGained { get; } = new(examples);

        /// <summary>The nearest of those lost.</summary>
        public NearestClips NearestLost { get; } = new(examples);

        /// <summary>Takes over what was found elsewhere.</summary>
        public void Add(Found other)
        {
            Tally.Add(other.Tally);
            Gained += other.Gained;
            Lost += other.Lost;
            NearestGained.Add(other.NearestGained);
            NearestLost.Add(other.NearestLost);
        }
    }
}
