using Curation.Clips;
using Curation.Dataset.Queries;

namespace Curation.Pipeline.WhatIf;

/// <summary>What every limit needs to know of the clips: their lengths and kinds of sound, as arrays.</summary>
internal sealed class WhatIfRows
{
    /// <summary>How many splits there are; this code itself is of clips whose kind of sound could not be told.</summary>
    public const int SplitCodes = 4;

    private readonly byte[] _splits;
    private readonly double[] _seconds;

    /// <summary>Takes what it needs from a table.</summary>
    public WhatIfRows(ClipTable table)
    {
        _seconds = (double[])table.Seconds;
        _splits = new byte[table.Rows];
        for (var row = 0; row < _splits.Length; row++) _splits[row] = (byte)(table.Splits[row] is { } split ? (int)split : SplitCodes);
    }

    /// <summary>Clips.</summary>
    public int Count => _splits.Length;

    /// <summary>A clip's split as a number, or <see cref="SplitCodes"/>.</summary>
    public int SplitCodeOf(int row) => _splits[row];

    /// <summary>A clip's split.</summary>
    public Split? SplitOf(int row) => _splits[row] == SplitCodes ? null : (Split)_splits[row];

    /// <summary>A clip's length.</summary>
    public double SecondsOf(int row) => _seconds[row];

    /// <summary>Marks the clips of a block that are too short.</summary>
    /// <param name="from">First clip.</param>
    /// <param name="least">The policy's minimum.</param>
    /// <param name="rejects">A mask for each clip, which is written anew.</param>
    public void MarkShort(int from, TimeSpan least, Span<uint> rejects)
    {
        var seconds = _seconds.AsSpan(from, rejects.Length);
        for (var row = 0; row < rejects.Length; row++)
        {
            // Lengths are stored as seconds and decided in ticks of 100 ns.
            rejects[row] = (long)Math.Round(seconds[row] * TimeSpan.TicksPerSecond) < least.Ticks ? 1u : 0u;
        }
    }
}
