namespace Curation.Filters.Alignment;

/// <summary>Finds the best lag of a curve and how far it stands out.</summary>
internal static class SyncJudge
{
    /// <summary>Lags nearer than this belong to the same peak, in seconds.</summary>
    private const double PeakSeconds = 0.3;

    /// <summary>The two views peak this near to each other, in seconds.</summary>
    private const double ViewSeconds = 0.1;

    /// <summary>The index of the best lag within the search.</summary>
    /// <param name="curve">A curve around lag zero.</param>
    /// <returns>An index into the curve.</returns>
    public static int Best(SyncCurve curve)
    {
        var middle = curve.Scores.Count / 2;
        var search = (int)(SyncEstimator.SearchSeconds / curve.StepSeconds);
        var best = middle;
        for (var i = Math.Max(0, middle - search); i <= Math.Min(curve.Scores.Count - 1, middle + search); i++)
        {
            if (curve.Scores[i] > curve.Scores[best]) best = i;
        }

        return best;
    }

    /// <summary>How far a lag stands out.</summary>
    /// <param name="curve">A curve.</param>
    /// <param name="best">Index of the lag.</param>
    /// <returns>Its agreement and margin.</returns>
    public static SyncPeak Stand(SyncCurve curve, int best)
    {
        var near = (int)Math.Round(PeakSeconds / curve.StepSeconds);
        var view = (int)Math.Round(ViewSeconds / curve.StepSeconds);
        var envelope = 0f;
        var onset = 0f;
        var other = 0.0;
        for (var i = 0; i < curve.Scores.Count; i++)
        {
            var distance = Math.Abs(i - best);
            if (distance <= view)
            {
                envelope = Math.Max(envelope, curve.Envelope[i]);
                onset = Math.Max(onset, curve.Onset[i]);
            }
            else if (distance > near)
            {
                other = Math.Max(other, curve.Agreement(i));
            }
        }

        var agreement = Math.Sqrt((double)envelope * onset);
        return new SyncPeak(agreement, agreement - other);
    }
}
