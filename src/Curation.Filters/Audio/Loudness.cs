namespace Curation.Filters.Audio;

/// <summary>Integrated programme loudness, ITU-R BS.1770-4 with the gates of EBU R128.</summary>
public static class Loudness
{
    internal const int BlockFrames = 40;
    private const int StepFrames = 10;
    private const double OffsetLufs = -0.691;
    private const double AbsoluteGateLufs = -70;
    private const double RelativeGateLu = -10;

    /// <summary>Loudness of a slice: blocks of 400 ms every 100 ms, gated at -70 LUFS and at 10 LU below the mean of what is left.</summary>
    /// <param name="frames">The slice. The weighting filters ran through from the source's start, not from the slice's.</param>
    /// <returns>LUFS; null for less than 400 ms and where every block lies below -70 LUFS.</returns>
    public static double? IntegratedLufs(ReadOnlySpan<SoundFrame> frames)
    {
        if (frames.Length < BlockFrames) return null;

        var powers = new double[((frames.Length - BlockFrames) / StepFrames) + 1];
        for (var block = 0; block < powers.Length; block++) powers[block] = Power(frames.Slice(block * StepFrames, BlockFrames));

        if (MeanAbove(powers, PowerOf(AbsoluteGateLufs)) is not { } ungated) return null;

        var gate = Math.Max(PowerOf(AbsoluteGateLufs), ungated * Math.Pow(10, RelativeGateLu / 10));
        return MeanAbove(powers, gate) is { } power ? OffsetLufs + (10 * Math.Log10(power)) : null;
    }

    private static double Power(ReadOnlySpan<SoundFrame> block)
    {
        double energy = 0, samples = 0;
        foreach (ref readonly var frame in block)
        {
            energy += frame.KWeightedEnergy;
            samples += frame.Samples;
        }

        return energy / samples;
    }

    private static double PowerOf(double lufs) => Math.Pow(10, (lufs - OffsetLufs) / 10);

    private static double? MeanAbove(ReadOnlySpan<double> powers, double gate)
    {
        double sum = 0;
        var count = 0;
        foreach (var power in powers)
        {
            if (power <= gate) continue;
            sum += power;
            count++;
        }

        return count == 0 ? null : sum / count;
    }
}
