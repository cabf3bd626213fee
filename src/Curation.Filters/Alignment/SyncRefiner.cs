namespace Curation.Filters.Alignment;

/// <summary>Sharpens an offset below the time of a picture by laying the sound's edges over the bursts of motion.</summary>
internal static class SyncRefiner
{
    /// <summary>The coarse offset is moved by at most this many seconds.</summary>
    private const double ReachSeconds = 0.12;

    private const double StepSeconds = 0.001;

    /// <summary>
    /// A change seen in a picture happened between it and the one before: a flash at the picture, a moving thing half a picture
    /// earlier on average. A quarter errs by a quarter of a picture either way.
    /// </summary>
    private const double PictureShare = 0.25;

    /// <summary>Moves an offset to where edges and bursts meet best.</summary>
    /// <param name="offset">Coarse offset in seconds.</param>
    /// <param name="pictures">The clip's motion.</param>
    /// <param name="winners">The motion series that agree best at the coarse offset.</param>
    /// <param name="sound">The clip's sound.</param>
    /// <returns>The refined offset in seconds; the coarse one where the sound has no edges.</returns>
    public static double Refine(double offset, MotionSeries pictures, ReadOnlySpan<int> winners, SoundSeries sound)
    {
        var bursts = new float[pictures.Count];
        foreach (var winner in winners)
        {
            var burst = SyncGrid.Burst(pictures.Activity[winner]);
            for (var i = 0; i < bursts.Length; i++) bursts[i] += burst[i];
        }

        var lead = PictureShare * pictures.PictureSeconds;
        var steps = (int)(ReachSeconds / StepSeconds);
        var (best, first, last) = (0.0, 0, 0);
        for (var step = -steps; step <= steps; step++)
        {
            var sum = 0.0;
            foreach (var (seconds, weight) in sound.Edges) sum += weight * At(bursts, seconds - offset - (step * StepSeconds) + lead);
            if (sum > best * (1 + 1e-6)) (best, first) = (sum, step);
            if (sum >= best * (1 - 1e-6)) last = step;
        }

        return best > 0 ? offset + ((first + last) / 2.0 * StepSeconds) : offset;
    }

    private static double At(float[] series, double seconds)
    {
        var position = seconds / SyncGrid.StepSeconds;
        if (position < 0 || position >= series.Length - 1) return 0;

        var left = (int)position;
        return series[left] + ((position - left) * (series[left + 1] - series[left]));
    }
}
