namespace Curation.Filters.Alignment;

/// <summary>Adds up what a source's clips say: an offset that all clips share gains confidence.</summary>
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

        // Curves are in standard deviations, so that the sum of n has a deviation of root n.
        var length = _estimates.Min(estimate => estimate.Curve!.Scores.Count);
        var whole = Sum(_estimates, length);
        var groups = Math.Min(LagCorrelator.Segments, _estimates.Count);
        float[][] parts = [.. Enumerable.Range(0, groups).Select(group => Sum(_estimates.Where((_, index) => index % groups != group), length))];
        return SyncJudge.Judge(whole, parts, (int)(SyncEstimator.SearchSeconds * SyncGrid.PerSecond));
    }

    private static float[] Sum(IEnumerable<SyncEstimate> estimates, int length)
    {
        var sum = new float[length];
        foreach (var estimate in estimates)
        {
            var scores = estimate.Curve!.Scores;
            var skip = (scores.Count - length) / 2;
            for (var i = 0; i < length; i++) sum[i] += scores[skip + i];
        }

        return sum;
    }
}
