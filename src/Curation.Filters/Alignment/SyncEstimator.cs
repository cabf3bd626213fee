namespace Curation.Filters.Alignment;

/// <summary>Estimates how late a clip's sound is from its signals alone: where the picture starts to move against where the sound rises.</summary>
public static class SyncEstimator
{
    /// <summary>Lags that are searched, in seconds to both sides.</summary>
    public const double SearchSeconds = 2.3;

    /// <summary>Lags that are scored, in seconds to both sides; those beyond the search tell how high wrong lags score.</summary>
    private const double ScoreSeconds = 4.6;

    /// <summary>Shorter clips have too few events.</summary>
    private const double MinimumSeconds = 2;

    /// <summary>Share of the blocks that make the score of a lag; from the trial that this estimator grew from.</summary>
    private const double WinningShare = 0.05;

    /// <summary>Estimates the offset of a clip.</summary>
    /// <param name="motion">The clip's pictures in order of time.</param>
    /// <param name="onsets">The clip's sound, 10 ms a frame.</param>
    /// <param name="soundStart">Time of the first sound frame on the pictures' clock.</param>
    /// <returns>The estimate, or why there is none.</returns>
    public static SyncEstimate Estimate(ReadOnlySpan<MotionFrame> motion, ReadOnlySpan<OnsetFrame> onsets, TimeSpan soundStart)
    {
        if (motion.Length < 8) return SyncEstimate.Unmeasured($"the clip has {motion.Length} pictures, too few to see motion");

        var origin = motion[0].Time;
        var seconds = (motion[^1].Time - origin).TotalSeconds;
        if (seconds < MinimumSeconds) return SyncEstimate.Unmeasured(FormattableString.Invariant($"the clip lasts {seconds:0.##} s, too short for sync"));

        var pictures = MotionSeries.Create(motion);
        if (pictures is null) return SyncEstimate.Unmeasured("nothing moves in the picture");

        var sound = SoundSeries.Create(onsets, (soundStart - origin).TotalSeconds, pictures.Count);
        if (sound is null) return SyncEstimate.Unmeasured("the sound is silent");

        return Search(pictures, sound);
    }

    private static SyncEstimate Search(MotionSeries pictures, SoundSeries sound)
    {
        LagCorrelator[] correlators =
        [
            new(pictures.Envelopes, sound.Envelope, sound.Start, sound.End),
            new(pictures.Rises, sound.Onset, sound.Start, sound.End),
        ];
        var search = (int)(SearchSeconds * SyncGrid.PerSecond);
        var reach = Math.Clamp(pictures.Count / 2, search, (int)(ScoreSeconds * SyncGrid.PerSecond));
        var scores = new float[(2 * reach) + 1];
        var parts = new float[LagCorrelator.Segments][];
        for (var i = 0; i < parts.Length; i++) parts[i] = new float[(2 * search) + 1];

        var series = pictures.Envelopes.Length;
        for (var lag = -reach; lag <= reach; lag++)
        {
            var whole = new float[series];
            var inside = Math.Abs(lag) <= search;
            float[][] without = inside ? [.. Enumerable.Range(0, parts.Length).Select(_ => new float[series])] : [];
            foreach (var correlator in correlators) correlator.Add(lag, whole, without);
            scores[lag + reach] = Best(whole);
            for (var i = 0; i < without.Length; i++) parts[i][lag + search] = Best(without[i]);
        }

        return SyncJudge.Judge(scores, parts, search);
    }

    private static float Best(float[] values)
    {
        Array.Sort(values);
        var count = Math.Max(1, (int)(values.Length * WinningShare));
        var sum = 0f;
        for (var i = values.Length - count; i < values.Length; i++) sum += values[i];
        return sum / count;
    }
}
