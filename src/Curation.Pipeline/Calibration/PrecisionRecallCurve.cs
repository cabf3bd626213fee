namespace Curation.Pipeline.Calibration;

/// <summary>One bound over every threshold at which another labelled clip passes.</summary>
/// <param name="Bound">Which bound.</param>
/// <param name="Keeps">Clips labelled keep that the limit judges.</param>
/// <param name="Drops">Clips labelled drop that the limit judges.</param>
/// <param name="Points">From the loosest, where all pass, to the tightest; empty without labelled clips.</param>
public sealed record PrecisionRecallCurve(LabelBound Bound, int Keeps, int Drops, IReadOnlyList<PrecisionRecallPoint> Points)
{
    /// <summary>The point that was chosen; null where none was.</summary>
    public PrecisionRecallPoint? Chosen { get; init; }

    /// <summary>What the old bound makes of the same clips; null where it lets none pass.</summary>
    public PrecisionRecallPoint? Old { get; init; }

    /// <summary>The point with the largest J, of equal ones the loosest; null without labelled clips.</summary>
    public PrecisionRecallPoint? Best => Points.MaxBy(point => point.Youden);

    /// <summary>Draws the curve of a bound.</summary>
    /// <param name="bound">Which bound.</param>
    /// <param name="labelled">Values and labels of the clips that the limit judges.</param>
    /// <param name="old">The bound as it is.</param>
    /// <returns>The curve; equal values pass together.</returns>
    public static PrecisionRecallCurve Draw(LabelBound bound, IEnumerable<(double Value, bool Keep)> labelled, double old)
    {
        ArgumentNullException.ThrowIfNull(labelled);

        // Turned so that large values pass.
        var sign = bound == LabelBound.Min ? 1 : -1;
        var values = labelled
            .GroupBy(clip => sign * (bound == LabelBound.MaxAbs ? Math.Abs(clip.Value) : clip.Value), clip => clip.Keep)
            .OrderBy(group => group.Key)
            .Select(group => (Value: group.Key, Keeps: group.Count(keep => keep), Drops: group.Count(keep => !keep)))
            .ToList();
        var (keeps, drops) = (values.Sum(value => value.Keeps), values.Sum(value => value.Drops));
        var points = new List<PrecisionRecallPoint>(values.Count);
        var (keptKeeps, keptDrops) = (keeps, drops);
        for (var place = 0; place < values.Count; place++)
        {
            points.Add(new PrecisionRecallPoint(sign * values[place].Value, place == 0 ? null : sign * values[place - 1].Value, keptKeeps, keptDrops, keeps, drops));
            keptKeeps -= values[place].Keeps;
            keptDrops -= values[place].Drops;
        }

        var curve = new PrecisionRecallCurve(bound, keeps, drops, points);
        return curve with { Old = curve.At(old) };
    }

    /// <summary>The point that parts the labelled clips as a bound does.</summary>
    /// <param name="bound">A value of the bound.</param>
    /// <returns>Null where none of them passes.</returns>
    public PrecisionRecallPoint? At(double bound) =>
        Points.FirstOrDefault(point => Bound == LabelBound.Min ? point.Threshold >= bound : point.Threshold <= bound);
}
