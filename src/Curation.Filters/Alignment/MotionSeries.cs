using System.Numerics.Tensors;

namespace Curation.Filters.Alignment;

/// <summary>A clip's motion on the common grid: for every block and every 3 x 3 neighbourhood, how its motion goes and where it starts.</summary>
internal sealed class MotionSeries
{
    /// <summary>Grey levels added before the logarithm: what compression moves in a still picture.</summary>
    private const float NoiseLevel = 0.5f;

    /// <summary>Changes below this in every block and picture are no motion, in grey levels; uncalibrated.</summary>
    private const float StillLevel = 0.7f;

    /// <summary>A picture that changes less than this share of the clip's median is the one before, shown again.</summary>
    private const float RepeatedShare = 0.25f;

    /// <summary>A gap this many times the usual step is a held picture.</summary>
    private const double HeldSteps = 3;

    private MotionSeries(int count, double pictureSeconds, float[][] envelopes, float[][] rises, float[][] activity)
    {
        (Count, PictureSeconds, Envelopes, Rises, Activity) = (count, pictureSeconds, envelopes, rises, activity);
    }

    /// <summary>Grid points.</summary>
    public int Count { get; }

    /// <summary>The usual time between pictures in seconds.</summary>
    public double PictureSeconds { get; }

    /// <summary>Log motion without its 2 s mean, one series a block.</summary>
    public float[][] Envelopes { get; }

    /// <summary>Rise of the log motion, one series a block.</summary>
    public float[][] Rises { get; }

    /// <summary>Log motion, one series a block.</summary>
    public float[][] Activity { get; }

    /// <summary>Puts motion on a grid that starts at the first picture.</summary>
    /// <param name="frames">At least two pictures in order of time.</param>
    /// <returns>Null where nothing moves.</returns>
    public static MotionSeries? Create(ReadOnlySpan<MotionFrame> frames)
    {
        var levels = Levels(frames);
        if (!Moves(levels)) return null;

        levels = WithNeighbourhoods(levels, frames[0].Columns, frames[0].Rows);
        var times = Times(frames);
        var usual = Median(times);
        var count = (int)(times[^1] / SyncGrid.StepSeconds) + 1;
        var activity = new float[levels.Length][];
        var envelopes = new float[levels.Length][];
        var rises = new float[levels.Length][];
        for (var block = 0; block < levels.Length; block++)
        {
            activity[block] = Resample(levels[block], times, usual, count);
            envelopes[block] = SyncGrid.Detrend(SyncGrid.Smooth(activity[block]));
            rises[block] = SyncGrid.Rise(activity[block]);
        }

        return new MotionSeries(count, usual, envelopes, rises, activity);
    }

    private static float[][] Levels(ReadOnlySpan<MotionFrame> frames)
    {
        var levels = new float[MotionBlocks.Count][];
        var totals = new float[frames.Length];
        for (var block = 0; block < levels.Length; block++)
        {
            var level = new float[frames.Length];
            for (var i = 0; i < level.Length; i++) level[i] = MotionCode.Unpack(frames[i].Blocks[block]);

            // The first picture was compared with one outside the clip, perhaps across a cut.
            level[0] = level[1];
            TensorPrimitives.Add(totals, level, totals);
            levels[block] = level;
        }

        // A picture shown twice moves nowhere, and then twice as far: where pictures usually move, fill the dip.
        var ordered = totals.Order().ToArray();
        var repeated = RepeatedShare * ordered[ordered.Length / 2];
        for (var i = 1; i < totals.Length - 1; i++)
        {
            if (totals[i] >= repeated) continue;

            foreach (var level in levels) level[i] = Math.Max(level[i], Math.Min(level[i - 1], level[i + 1]));
        }

        return levels;
    }

    private static bool Moves(float[][] levels) => levels.Any(level => level.AsSpan().ContainsAnyInRange(StillLevel, float.MaxValue));

    private static float[][] WithNeighbourhoods(float[][] levels, int columns, int rows)
    {
        var all = new float[2 * levels.Length][];
        levels.CopyTo(all, 0);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var sum = new float[levels[0].Length];
                for (var y = row - 1; y <= row + 1; y++)
                {
                    for (var x = column - 1; x <= column + 1; x++)
                    {
                        var near = levels[(Math.Clamp(y, 0, rows - 1) * columns) + Math.Clamp(x, 0, columns - 1)];
                        TensorPrimitives.Add(sum, near, sum);
                    }
                }

                TensorPrimitives.Multiply(sum, 1f / 9, sum);
                all[levels.Length + (row * columns) + column] = sum;
            }
        }

        foreach (var level in all)
        {
            TensorPrimitives.Add(level, NoiseLevel, level);
            TensorPrimitives.Log(level, level);
        }

        return all;
    }

    private static double[] Times(ReadOnlySpan<MotionFrame> frames)
    {
        var times = new double[frames.Length];
        for (var i = 0; i < times.Length; i++) times[i] = (frames[i].Time - frames[0].Time).TotalSeconds;
        return times;
    }

    private static double Median(double[] times)
    {
        var steps = new double[times.Length - 1];
        for (var i = 0; i < steps.Length; i++) steps[i] = times[i + 1] - times[i];
        Array.Sort(steps);
        return steps[steps.Length / 2];
    }

    private static float[] Resample(float[] level, double[] times, double usual, int count)
    {
        var still = MathF.Log(NoiseLevel);
        var series = new float[count];
        var next = 1;
        for (var point = 0; point < count; point++)
        {
            var time = point * SyncGrid.StepSeconds;
            while (next < times.Length - 1 && times[next] < time) next++;
            var (left, right) = (times[next - 1], times[next]);
            var gap = right - left;
            if (gap > HeldSteps * usual)
            {
                // Held, then changed at once: interpolating would smear the change over the gap.
                series[point] = right - time < usual ? level[next] + ((still - level[next]) * (float)((right - time) / usual)) : still;
            }
            else
            {
                var share = gap > 0 ? Math.Clamp((time - left) / gap, 0, 1) : 1;
                series[point] = level[next - 1] + ((level[next] - level[next - 1]) * (float)share);
            }
        }

        return series;
    }
}
