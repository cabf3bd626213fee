using Curation.Clips.Deciding;
using Curation.Clips.Measuring;

namespace Curation.Pipeline.Calibration;

/// <summary>The way of one limit from letting all pass to letting the last one pass, along the values of the clips that the limits decide on.</summary>
/// <remarks>
/// <para>A strength s says how far it goes. Tightened, s in 0..1, it lets k (1 - s)^w of its n values pass, where k pass now and w is
/// <see cref="MeasurementInformation"/>. Loosened, s in -1..0, it turns r (1 + s) away, where r are turned away now: who says much gives way most.</para>
/// <para>A limit with two bounds shares what it turns away between them as it does now, and equally where it turns nothing away.
/// Equal values stay together and pass together, and the last value is never turned away, so the share is reached from above.
/// The values that pass at a strength pass at every smaller one.</para>
/// </remarks>
internal sealed class LimitTrack
{
    // So that a share such as 0.3 of 10, in doubles a hair above 3, is 3.
    private const double Hair = 1e-9;

    private readonly double[] _values;
    private readonly double[] _sorted;

    /// <summary>Makes the way of a limit.</summary>
    /// <param name="limit">The limit with the bounds to start from.</param>
    /// <param name="values">A value for each clip; NaN where the limit has nothing to say.</param>
    public LimitTrack(Limit limit, double[] values)
    {
        Limit = limit;
        _values = limit.MaxAbs is null ? values : Array.ConvertAll(values, Math.Abs);
        _sorted = new double[_values.Length - _values.Count(double.IsNaN)];
        var next = 0;
        foreach (var value in _values)
        {
            if (!double.IsNaN(value)) _sorted[next++] = value;
        }

        Array.Sort(_sorted);
        Start = new LimitStep(limit.Min is { } min ? FirstAtLeast(min) : 0, Upper is { } max ? _sorted.Length - FirstAbove(max) : 0);
        Weight = MeasurementInformation.Share(_sorted, values.Length);
    }

    /// <summary>The limit with the bounds to start from.</summary>
    public Limit Limit { get; }

    /// <summary>Where the limit stands now.</summary>
    public LimitStep Start { get; }

    /// <summary>How much the measurement tells clips apart: 0..1.</summary>
    public double Weight { get; }

    /// <summary>How many values there are.</summary>
    public int Count => _sorted.Length;

    private double? Upper => Limit.MaxAbs ?? Limit.Max;

    /// <summary>Where the limit stands at a strength.</summary>
    /// <param name="strength">-1 lets all pass, 0 is where it starts, 1 lets the last one pass.</param>
    public LimitStep At(double strength)
    {
        var kept = _sorted.Length - Start.Low - Start.High;
        if (strength == 0 || _sorted.Length == 0 || (strength > 0 && kept <= 0)) return Start;
        if (strength < 0) return Together((int)Math.Floor((Start.Low * (1 + strength)) + Hair), (int)Math.Floor((Start.High * (1 + strength)) + Hair));

        var left = Math.Max(1, (int)Math.Ceiling((kept * Math.Pow(1 - strength, Weight)) - Hair));
        var more = (int)Math.Floor(((kept - left) * LowShare) + Hair);
        return Together(Start.Low + more, Start.High + (kept - left - more));
    }

    /// <summary>The limit with its bounds at a place; a bound that turns away what it does now stays the number it is.</summary>
    /// <param name="step">From <see cref="At"/>.</param>
    public Limit LimitAt(LimitStep step)
    {
        if (step == Start) return Limit;

        var definition = MeasurementCatalog.Get(Limit.Name);
        var min = Limit.Min is null || step.Low == Start.Low ? Limit.Min
            : step.Low > 0 ? SeparatingNumber.Between(_sorted[step.Low], _sorted[step.Low - 1])
            : SeparatingNumber.Below(_sorted[0], _sorted[^1], definition.Minimum);
        var max = Upper is null || step.High == Start.High ? Upper
            : step.High > 0 ? SeparatingNumber.Between(_sorted[^(step.High + 1)], _sorted[^step.High])
            : SeparatingNumber.Above(_sorted[0], _sorted[^1], Limit.MaxAbs is null ? definition.Maximum : LargestAbsolute(definition));
        return Limit.MaxAbs is null ? Limit with { Min = min, Max = max } : Limit with { MaxAbs = max };
    }

    /// <summary>Marks the clips that do not pass at a place.</summary>
    /// <param name="step">From <see cref="At"/>.</param>
    /// <param name="turnedAway">A mark for each clip; marks that are set stay.</param>
    public void Mark(LimitStep step, bool[] turnedAway)
    {
        if (_sorted.Length == 0) return;

        var none = step.Low + step.High >= _sorted.Length;
        var low = none ? double.PositiveInfinity : _sorted[step.Low];
        var high = none ? double.NegativeInfinity : _sorted[^(step.High + 1)];
        for (var row = 0; row < turnedAway.Length; row++) turnedAway[row] |= _values[row] < low || _values[row] > high;
    }

    private double LowShare => (Limit.Min, Upper) switch
    {
        (not null, null) => 1,
        (null, _) => 0,
        _ => Start.Low + Start.High == 0 ? 0.5 : (double)Start.Low / (Start.Low + Start.High),
    };

    private static double? LargestAbsolute(MeasurementDefinition definition) =>
        definition is { Minimum: { } least, Maximum: { } most } ? Math.Max(Math.Abs(least), Math.Abs(most)) : null;

    // Equal values are not parted: those that pass take the others along.
    private LimitStep Together(int low, int high) => new(
        low == Start.Low ? low : FirstAtLeast(_sorted[low]),
        high == Start.High ? high : _sorted.Length - FirstAbove(_sorted[^(high + 1)]));

    private int FirstAtLeast(double bound) => First(value => value >= bound);

    private int FirstAbove(double bound) => First(value => value > bound);

    private int First(Predicate<double> holds)
    {
        var (from, to) = (0, _sorted.Length);
        while (from < to)
        {
            var middle = from + ((to - from) / 2);
            if (holds(_sorted[middle])) to = middle;
            else from = middle + 1;
        }

        return from;
    }
}
