namespace Curation.Filters.Audio;

/// <summary>How alike the two channels of a slice are.</summary>
public static class StereoCorrelation
{
    /// <summary>-140 dBFS: below it a channel holds rounding, not sound.</summary>
    private const double SilentVariance = 1e-14;

    /// <summary>Pearson's correlation of left and right.</summary>
    /// <param name="frames">The slice of a stereo source.</param>
    /// <returns>-1 (inverted) to 1 (dual mono); null where a channel is silent.</returns>
    public static double? Pearson(ReadOnlySpan<SoundFrame> frames)
    {
        double left = 0, right = 0, leftEnergy = 0, rightEnergy = 0, cross = 0, samples = 0;
        foreach (ref readonly var frame in frames)
        {
            left += frame.LeftSum;
            right += frame.RightSum;
            leftEnergy += frame.LeftEnergy;
            rightEnergy += frame.RightEnergy;
            cross += frame.CrossEnergy;
            samples += frame.Samples;
        }

        if (samples == 0) return null;

        var leftVariance = (leftEnergy / samples) - (left / samples * (left / samples));
        var rightVariance = (rightEnergy / samples) - (right / samples * (right / samples));
        if (leftVariance < SilentVariance || rightVariance < SilentVariance) return null;

        var covariance = (cross / samples) - (left / samples * (right / samples));
        return Math.Clamp(covariance / Math.Sqrt(leftVariance * rightVariance), -1, 1);
    }
}
