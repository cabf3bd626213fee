namespace Curation.Filters.Alignment;

/// <summary>Adds up what a source's clips say: an offset that all clips share gains confidence, clips that contradict each other lose it.</summary>
public sealed class SyncEvidence
{
    private readonly List<SyncEstimate> _estimates = [];

    /// <summary>Clips that were added and had a curve.</summary>
    public int Clips => _estimates.Count;

    /// <summary>Adds a clip; one that was not measured adds nothing.</summary>
    /// <param name="estimate">The clip's estimate.</param>
    public void Add(SyncEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);

        if (estimate.Curve is not null) _estimates.Add(estimate);
    }

    /// <summary>The offset that the whole source shares, if it has one.</summary>
    /// <returns>The estimate, or why there is none.</returns>
    public SyncEstimate Combine()
    {
        if (_estimates.Count == 0) return SyncEstimate.Unmeasured("no clip of the source could be measured");
        if (_estimates.Count == 1) return _estimates[0];

        var curves = _estimates.ConvertAll(estimate => estimate.Curve!);
        var length = curves.Min(curve => curve.Scores.Count);
        var step = curves[0].StepSeconds;
        var sum = new SyncCurve(
            -(length / 2) * step,
            step,
            Add(curves.ConvertAll(curve => curve.Scores), length),
            Add(curves.ConvertAll(curve => curve.Envelope), length),
            Add(curves.ConvertAll(curve => curve.Onset), length));
        var best = SyncJudge.Best(sum);
        var peak = SyncJudge.Stand(sum, best);
        return new SyncEstimate(Refined(sum.LagSeconds(best)), SyncConfidence.From(peak), null, sum, peak);
    }

    /// <summary>Clips are independent: n of them have a deviation of root n, so that the sum is divided by it to keep the scale of one.</summary>
    private static float[] Add(List<IReadOnlyList<float>> curves, int length)
    {
        var sum = new float[length];
        var scale = 1 / MathF.Sqrt(curves.Count);
        foreach (var curve in curves)
        {
            var skip = (curve.Count - length) / 2;
            for (var i = 0; i < length; i++) sum[i] += scale * curve[skip + i];
        }

        return sum;
    }

    /// <summary>The confidence-weighted mean of the clips' refined offsets near the shared lag.</summary>
    private double Refined(double lag)
    {
        const double NearSeconds = 0.15;
        var near = _estimates.FindAll(estimate => Math.Abs(estimate.OffsetSeconds!.Value - lag) <= NearSeconds);
        var weight = near.Sum(estimate => estimate.Confidence);
        return weight > 0 ? near.Sum(estimate => estimate.Confidence * estimate.OffsetSeconds!.Value) / weight : lag;
    }
}
