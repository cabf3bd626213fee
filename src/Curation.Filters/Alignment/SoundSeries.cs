namespace Curation.Filters.Alignment;

/// <summary>A clip's sound on the common grid: where it rises and how its loudness goes.</summary>
internal sealed class SoundSeries
{
    /// <summary>Sound this far below the loudest 50 ms does not count: it keeps a noise floor from making events.</summary>
    private const float FloorBelowPeak = 3.2e-5f; // -45 dB

    /// <summary>A mean square below this is digital silence (-100 dBFS).</summary>
    private const float DigitalSilence = 1e-10f;

    /// <summary>Frames after leading digital silence in which the cut itself would look like an onset.</summary>
    private const int EdgeFrames = 10;

    private SoundSeries(int start, int end, float[] envelope, float[] onset, (double Seconds, float Weight)[] edges)
    {
        (Start, End, Envelope, Onset, Edges) = (start, end, envelope, onset, edges);
    }

    /// <summary>First grid point with sound.</summary>
    public int Start { get; }

    /// <summary>Grid point after the last with sound.</summary>
    public int End { get; }

    /// <summary>Loudness (fourth root of power) without its 2 s mean, on the picture's grid.</summary>
    public float[] Envelope { get; }

    /// <summary>Rise of the level, weighted by how loud it rises to.</summary>
    public float[] Onset { get; }

    /// <summary>Instants at which the level jumps, in seconds after the grid's origin, finer than the grid.</summary>
    public (double Seconds, float Weight)[] Edges { get; }

    /// <summary>Puts sound on a grid.</summary>
    /// <param name="onsets">The sound's frames.</param>
    /// <param name="lead">Start of the sound after the grid's origin, in seconds.</param>
    /// <param name="count">Grid points.</param>
    /// <returns>Null where the sound is digitally silent or lies outside the grid.</returns>
    public static SoundSeries? Create(ReadOnlySpan<OnsetFrame> onsets, double lead, int count)
    {
        var (first, last) = Trim(onsets);
        if (last <= first) return null;

        var power = new float[onsets.Length];
        for (var i = 0; i < power.Length; i++)
        {
            var before = onsets[Math.Max(i - 1, 0)].Power;
            var after = onsets[Math.Min(i + 1, onsets.Length - 1)].Power;
            power[i] = (0.25f * before) + (0.5f * onsets[i].Power) + (0.25f * after);
        }

        var peak = 0f;
        for (var i = first; i < last; i++) peak = Math.Max(peak, power[i]);
        var floor = Math.Max(peak * FloorBelowPeak, DigitalSilence);

        var level = new float[count];
        var loudness = new float[count];
        var range = MathF.Log((peak + floor) / floor);
        var start = count;
        var end = 0;
        for (var point = 0; point < count; point++)
        {
            // A frame's power belongs to its middle.
            var position = ((point * SyncGrid.StepSeconds) - lead) / OnsetFrame.Step.TotalSeconds - 0.5;
            var at = (int)Math.Floor(position);
            var inside = at >= first && at + 1 < last;
            if (inside)
            {
                start = Math.Min(start, point);
                end = point + 1;
            }

            var share = (float)(position - at);
            var left = power[Math.Clamp(at, first, last - 1)];
            var right = power[Math.Clamp(at + 1, first, last - 1)];
            var value = left + (share * (right - left));
            level[point] = MathF.Log(value + floor);
            loudness[point] = MathF.Pow(value, 0.25f);
        }

        if (end <= start) return null;

        var onset = SyncGrid.Rise(level);
        for (var point = 0; point < count; point++)
        {
            onset[point] = Math.Max(0, onset[point]) * Math.Clamp((level[point] - MathF.Log(floor)) / range, 0, 1);
        }

        return new SoundSeries(start, end, SyncGrid.Detrend(SyncGrid.Smooth(loudness)), onset, FindEdges(onsets, first, last, floor, range, lead));
    }

    private static (double Seconds, float Weight)[] FindEdges(ReadOnlySpan<OnsetFrame> onsets, int first, int last, float floor, float range, double lead)
    {
        var edges = new List<(double, float)>();
        for (var i = first + 1; i < last - 1; i++)
        {
            var rise = MathF.Log((onsets[i].Power + floor) / (onsets[i - 1].Power + floor));
            if (rise <= 0.1f) continue;

            // Sound that starts inside a frame fills it in part: the next frame, full, tells how far.
            var filled = Math.Min(1, onsets[i].Power / Math.Max(onsets[i + 1].Power, 1e-12f));
            var level = MathF.Log((Math.Max(onsets[i].Power, onsets[i + 1].Power) + floor) / floor) / range;
            edges.Add((lead + ((i + 1 - filled) * OnsetFrame.Step.TotalSeconds), rise * level));
        }

        return [.. edges];
    }

    private static (int First, int Last) Trim(ReadOnlySpan<OnsetFrame> onsets)
    {
        var first = 0;
        while (first < onsets.Length && onsets[first].Power <= DigitalSilence) first++;
        var last = onsets.Length;
        while (last > first && onsets[last - 1].Power <= DigitalSilence) last--;
        return (first >= EdgeFrames ? first + EdgeFrames : first, last);
    }
}
