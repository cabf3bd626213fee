using Curation.Clips.Deciding;
using Curation.Pipeline.Calibration;

namespace Curation.Pipeline.WhatIf;

/// <summary>One limit with its bounds, ready to be asked of many clips at once.</summary>
internal sealed class LimitKernel
{
    private readonly Standing[] _standings;
    private readonly double[] _values;
    private readonly double _low;
    private readonly double _high;

    /// <summary>Makes the limit ready.</summary>
    /// <param name="column">Where each clip stands.</param>
    /// <param name="limit">The bounds.</param>
    /// <param name="place">Its bit.</param>
    public LimitKernel(LimitColumn column, Limit limit, int place)
    {
        Limit = limit;
        Place = place;
        _standings = column.Standings;
        _values = (double[])column.Values;
        _low = Math.Max(limit.Min ?? double.NegativeInfinity, -limit.MaxAbs ?? double.NegativeInfinity);
        _high = Math.Min(limit.Max ?? double.PositiveInfinity, limit.MaxAbs ?? double.PositiveInfinity);
    }

    /// <summary>The limit.</summary>
    public Limit Limit { get; }

    /// <summary>Its bit.</summary>
    public int Place { get; }

    /// <summary>The value of a clip; NaN where the bounds do not decide on it.</summary>
    public double JudgedValue(int row) => _standings[row] == Standing.Judged ? _values[row] : double.NaN;

    /// <summary>How far a value lies from the bounds, as a share of an axis.</summary>
    public double DistanceOf(double value, WhatIfAxis axis)
    {
        var position = axis.PositionOf(value);
        var low = double.IsInfinity(_low) ? double.PositiveInfinity : Math.Abs(position - axis.PositionOf(_low));
        return Math.Min(low, double.IsInfinity(_high) ? double.PositiveInfinity : Math.Abs(position - axis.PositionOf(_high)));
    }

    /// <summary>Marks the clips of a block that the limit rejects, and those that lack its value.</summary>
    /// <param name="from">First clip.</param>
    /// <param name="rejects">A mask for each clip; the limit's bit is set where it rejects.</param>
    /// <param name="lacks">A mask for each clip; the limit's bit is set where it holds or rejects for want of a value.</param>
    public void Mark(int from, Span<uint> rejects, Span<uint> lacks)
    {
        var standings = _standings.AsSpan(from, rejects.Length);
        var values = _values.AsSpan(from, rejects.Length);
        lacks = lacks[..rejects.Length];
        var (low, high, place) = (_low, _high, Place);
        for (var row = 0; row < rejects.Length; row++)
        {
            // Free is 0, judged 1, held 2, rejected 3: no branch, for the values of neighbours have nothing to do with each other.
            var standing = (uint)standings[row];
            var broken = (values[row] < low ? 1u : 0u) | (values[row] > high ? 1u : 0u);
            var lacking = standing >> 1;
            rejects[row] |= (standing & (broken | lacking) & 1u) << place;
            lacks[row] |= lacking << place;
        }
    }
}
