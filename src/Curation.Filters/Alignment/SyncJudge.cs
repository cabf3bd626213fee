namespace Curation.Filters.Alignment;

/// <summary>Finds the best lag of a curve and how far it stands out.</summary>
internal static class SyncJudge
{
    /// <summary>Lags nearer than this belong to the same peak, in seconds.</summary>
    private const double PeakSeconds = 0.3;

    /// <summary>Two estimates nearer than this agree, in seconds: the limit of the data set.</summary>
    private const double AgreementSeconds = 0.2;

    /// <summary>Judges a curve.</summary>
    /// <param name="scores">Scores at lags around zero, an odd number.</param>
    /// <param name="parts">Curves from less evidence over the searched lags, one for each part left out.</param>
    /// <param name="search">Grid points that are searched to both sides.</param>
    /// <returns>The estimate.</returns>
    public static SyncEstimate Judge(float[] scores, float[][] parts, int search)
    {
        var reach = scores.Length / 2;
        var peak = ArgMax(scores, reach - search, reach + search + 1);
        var near = (int)(PeakSeconds * SyncGrid.PerSecond);
        var others = scores.Where((_, index) => Math.Abs(index - peak) > near).ToArray();
        Array.Sort(others);
        var middle = others[others.Length / 2];
        var spread = Math.Max(1e-3f, (others[(int)(others.Length * 0.84)] - others[(int)(others.Length * 0.16)]) / 2);
        var within = (int)(AgreementSeconds * SyncGrid.PerSecond);
        var stable = parts.Count(part => Math.Abs(ArgMax(part, 0, part.Length) - (part.Length / 2) - (peak - reach)) <= within);
        var found = new SyncPeak((scores[peak] - middle) / spread, (scores[peak] - others[^1]) / spread, stable / (double)Math.Max(1, parts.Length));
        var curve = new SyncCurve(-reach * SyncGrid.StepSeconds, SyncGrid.StepSeconds, [.. scores.Select(score => (score - middle) / spread)]);
        return new SyncEstimate((peak - reach) * SyncGrid.StepSeconds, SyncConfidence.From(found), null, curve, found);
    }

    private static int ArgMax(float[] values, int from, int to)
    {
        var best = from;
        for (var i = from; i < to; i++)
        {
            if (values[i] > values[best]) best = i;
        }

        return best;
    }
}
