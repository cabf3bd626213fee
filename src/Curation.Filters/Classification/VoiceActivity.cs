namespace Curation.Filters.Classification;

/// <summary>Where somebody's voice is: harmonic sound over the floor in the pitch range of voices.</summary>
internal static class VoiceActivity
{
    private const float LeastOverFloorDb = 6;
    private const float StrongVoicing = 0.7f;
    private const int Hangover = 15;

    public static List<VoiceSegment> Find(ReadOnlySpan<VoiceFrame> frames, PitchTrack track)
    {
        var levels = new float[frames.Length];
        for (var t = 0; t < frames.Length; t++) levels[t] = Math.Max(frames[t].LowDb, frames[t].MiddleDb);
        var sorted = levels.ToArray();
        Array.Sort(sorted);
        var floor = Math.Min(sorted[sorted.Length / 20], sorted[sorted.Length * 95 / 100] - 20);

        var active = new bool[frames.Length];
        for (var t = 0; t < frames.Length; t++)
        {
            if (levels[t] < floor + LeastOverFloorDb || track.Strength[t] < StrongVoicing || track.Hz[t] > 500) continue;

            for (var u = Math.Max(0, t - Hangover); u < Math.Min(frames.Length, t + Hangover); u++) active[u] = true;
        }

        return Runs(active);
    }

    private static List<VoiceSegment> Runs(bool[] active)
    {
        var runs = new List<VoiceSegment>();
        for (var t = 0; t < active.Length;)
        {
            if (!active[t++]) continue;

            var first = t - 1;
            while (t < active.Length && active[t]) t++;
            runs.Add(new VoiceSegment(first, t));
        }

        return runs;
    }
}
