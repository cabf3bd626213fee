namespace Curation.Pipeline.Calibration;

/// <summary>How much a measurement tells clips apart.</summary>
internal static class MeasurementInformation
{
    /// <summary>Shannon's entropy of the values, equal ones together, against that of values which differ for every clip.</summary>
    /// <param name="sorted">The values in order.</param>
    /// <param name="clips">How many clips there are, those without a value included.</param>
    /// <returns>0 where all values are equal, 1 where every clip has a value of its own. A measurement of few clips says little.</returns>
    /// <remarks>Shannon 1948, H = -sum p log p; here divided by log of <paramref name="clips"/>.</remarks>
    public static double Share(ReadOnlySpan<double> sorted, int clips)
    {
        if (sorted.Length < 2 || clips < 2) return 0;

        var entropy = 0.0;
        var start = 0;
        for (var place = 1; place <= sorted.Length; place++)
        {
            if (place < sorted.Length && sorted[place] == sorted[start]) continue;

            var share = (double)(place - start) / sorted.Length;
            entropy -= share * Math.Log(share);
            start = place;
        }

        return Math.Clamp(entropy / Math.Log(clips), 0, 1);
    }
}
