namespace Curation.Filters.Alignment;

/// <summary>Estimates how late a clip's sound is from its signals alone: where the picture starts to move against where the sound rises.</summary>
public static class SyncEstimator
{
    /// <summary>Lags that are searched, in seconds to both sides.</summary>
    public const double SearchSeconds = 2.3;

    /// <summary>Shorter clips have too few events.</summary>
    private const double MinimumSeconds = 2;

    /// <summary>Estimates the offset of a clip.</summary>
    /// <param name="motion">The clip's pictures in order of time.</param>
    /// <param name="onsets">The clip's sound, 10 ms a frame.</param>
    /// <param name="soundStart">Time of the first sound frame on the pictures' clock.</param>
    /// <returns>The estimate, or why there is none.</returns>
    public static SyncEstimate Estimate(ReadOnlySpan<MotionFrame> motion, ReadOnlySpan<OnsetFrame> onsets, TimeSpan soundStart) => Estimate(motion, onsets, soundStart, out _);

    /// <summary>Estimates the offset of a clip and shows what it was made from, for people who look at one clip.</summary>
    /// <param name="motion">The clip's pictures in order of time.</param>
    /// <param name="onsets">The clip's sound, 10 ms a frame.</param>
    /// <param name="soundStart">Time of the first sound frame on the pictures' clock.</param>
    /// <returns>The estimate that <see cref="Estimate(ReadOnlySpan{MotionFrame}, ReadOnlySpan{OnsetFrame}, TimeSpan)"/> makes, with its curves.</returns>
    public static SyncTrace Trace(ReadOnlySpan<MotionFrame> motion, ReadOnlySpan<OnsetFrame> onsets, TimeSpan soundStart)
    {
        var estimate = Estimate(motion, onsets, soundStart, out var seen);
        return seen is var (pictures, sound, winners) ? new SyncTrace(estimate, SyncGrid.StepSeconds, MeanRise(pictures, winners), sound.Onset) : SyncTrace.Without(estimate);
    }

    private static SyncEstimate Estimate(ReadOnlySpan<MotionFrame> motion, ReadOnlySpan<OnsetFrame> onsets, TimeSpan soundStart, out (MotionSeries Pictures, SoundSeries Sound, int[] Winners)? seen)
    {
        seen = null;
        if (motion.Length < 8) return SyncEstimate.Unmeasured($"the clip has {motion.Length} pictures, too few to see motion");

        var origin = motion[0].Time;
        var seconds = (motion[^1].Time - origin).TotalSeconds;
        if (seconds < MinimumSeconds) return SyncEstimate.Unmeasured(FormattableString.Invariant($"the clip lasts {seconds:0.##} s, too short for sync"));

        var pictures = MotionSeries.Create(motion);
        if (pictures is null) return SyncEstimate.Unmeasured("nothing moves in the picture");

        var sound = SoundSeries.Create(onsets, (soundStart - origin).TotalSeconds, pictures.Count);
        if (sound is null) return SyncEstimate.Unmeasured("the sound is silent");

        var overlap = (sound.End - sound.Start) * SyncGrid.StepSeconds;
        if (overlap < MinimumSeconds) return SyncEstimate.Unmeasured(FormattableString.Invariant($"sound and picture overlap for {overlap:0.##} s, too short for sync"));

        var search = new SyncSearch(pictures, sound);
        var curve = search.Run();
        var best = SyncJudge.Best(curve);
        var peak = SyncJudge.Stand(curve, best);
        var winners = search.Winners(best);
        seen = (pictures, sound, winners.ToArray());
        var offset = SyncRefiner.Refine(curve.LagSeconds(best), pictures, winners, sound);
        return new SyncEstimate(offset, SyncConfidence.From(peak), null, curve, peak);
    }

    private static float[] MeanRise(MotionSeries pictures, int[] series)
    {
        var mean = new float[pictures.Count];
        foreach (var one in series)
        {
            var rises = pictures.Rises[one];
            for (var i = 0; i < mean.Length; i++) mean[i] += Math.Max(0, rises[i]) / series.Length;
        }

        return mean;
    }
}
