using System.Numerics;
using Curation.Clips;

namespace Curation.Pipeline.WhatIf;

/// <summary>Counts of one policy over a run of clips, as masks of its limits say. Bit 0 is the length, the others are the limits in order.</summary>
/// <param name="bars">The bar of each clip, by bit; none for the length.</param>
internal sealed class WhatIfTally(byte[][] bars)
{
    private const int Outcomes = 3;
    private const int BarCodes = 256;

    private readonly int[] _clips = new int[(WhatIfRows.SplitCodes + 1) * Outcomes];
    private readonly double[] _seconds = new double[(WhatIfRows.SplitCodes + 1) * Outcomes];
    private readonly int[][] _reachable = [.. bars.Select(_ => new int[BarCodes])];
    private readonly int[] _free = new int[WhatIfPass.BlockRows];

    /// <summary>By bit: clips it rejects.</summary>
    public int[] Rejects { get; } = new int[bars.Length];

    /// <summary>By bit: clips that nothing else rejects.</summary>
    public int[] OnlyRejects { get; } = new int[bars.Length];

    /// <summary>By bit: clips that lack the value and are held for it, if nothing rejects them.</summary>
    public int[] Holds { get; } = new int[bars.Length];

    /// <summary>By bit: clips that nothing else keeps out.</summary>
    public int[] Freed { get; } = new int[bars.Length];

    /// <summary>By bit: clips whose rejection it names.</summary>
    public int[] Names { get; } = new int[bars.Length];

    /// <summary>Clips with an outcome and a split; the last split is of those whose kind of sound could not be told.</summary>
    public WhatIfCount Of(ClipOutcome outcome, int split) => new(_clips[(split * Outcomes) + (int)outcome], _seconds[(split * Outcomes) + (int)outcome]);

    /// <summary>By bar: clips that every other bit lets through.</summary>
    public int[] Reachable(int bit) => _reachable[bit];

    /// <summary>Counts a block.</summary>
    /// <param name="rows">The clips.</param>
    /// <param name="from">The first of the block.</param>
    /// <param name="rejects">Masks of what rejects.</param>
    /// <param name="lacks">Masks of what lacks its value.</param>
    public void Add(WhatIfRows rows, int from, ReadOnlySpan<uint> rejects, ReadOnlySpan<uint> lacks)
    {
        var free = 0;
        for (var row = 0; row < rejects.Length; row++)
        {
            var (rejecting, lacking) = (rejects[row], lacks[row]);
            var any = rejecting | lacking;
            var outcome = rejecting != 0 ? ClipOutcome.Rejected : any != 0 ? ClipOutcome.Held : ClipOutcome.Retained;
            var cell = (rows.SplitCodeOf(from + row) * Outcomes) + (int)outcome;
            _clips[cell]++;
            _seconds[cell] += rows.SecondsOf(from + row);
            if (any == 0)
            {
                _free[free++] = from + row;
                continue;
            }

            if ((any & (any - 1)) == 0)
            {
                var bit = BitOperations.TrailingZeroCount(any);
                Freed[bit]++;
                if (bit > 0) _reachable[bit][bars[bit][from + row]]++;
            }

            for (var held = lacking & ~rejecting; held != 0; held &= held - 1) Holds[BitOperations.TrailingZeroCount(held)]++;
            if (rejecting == 0) continue;

            // A fault that was measured names the rejection before one that lacks its measurement.
            var measured = rejecting & ~lacking;
            Names[BitOperations.TrailingZeroCount(measured != 0 ? measured : rejecting)]++;
            if ((rejecting & (rejecting - 1)) == 0) OnlyRejects[BitOperations.TrailingZeroCount(rejecting)]++;
            for (; rejecting != 0; rejecting &= rejecting - 1) Rejects[BitOperations.TrailingZeroCount(rejecting)]++;
        }

        for (var bit = 1; bit < bars.Length; bit++)
        {
            var (reachable, bins) = (_reachable[bit], bars[bit]);
            for (var place = 0; place < free; place++) reachable[bins[_free[place]]]++;
        }
    }

    /// <summary>Takes over what another one counted.</summary>
    public void Add(WhatIfTally other)
    {
        Sum(_clips, other._clips);
        for (var cell = 0; cell < _seconds.Length; cell++) _seconds[cell] += other._seconds[cell];
        for (var bit = 0; bit < _reachable.Length; bit++) Sum(_reachable[bit], other._reachable[bit]);
        Sum(Rejects, other.Rejects);
        Sum(OnlyRejects, other.OnlyRejects);
        Sum(Holds, other.Holds);
        Sum(Freed, other.Freed);
        Sum(Names, other.Names);
    }

    private static void Sum(int[] into, int[] from)
    {
        for (var place = 0; place < into.Length; place++) into[place] += from[place];
    }
}
