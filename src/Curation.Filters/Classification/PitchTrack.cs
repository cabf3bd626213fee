namespace Curation.Filters.Classification;

/// <summary>The likeliest path through the frames' pitch candidates (Talkin 1995, RAPT: dynamic programming over voiced and unvoiced states).</summary>
internal sealed class PitchTrack
{
    // Costs per 10 ms frame; uncalibrated, of the order of RAPT's own.
    private const float UnvoicedCost = 0.45f;
    private const float SwitchCost = 0.12f;
    private const float CostPerOctave = 1.2f;
    private const float LowPitchCost = 0.02f;
    private const int States = PitchCandidates.Count + 1;

    private PitchTrack(float[] hz, float[] strength) => (Hz, Strength) = (hz, strength);

    /// <summary>Pitch per frame; 0 where unvoiced.</summary>
    public float[] Hz { get; }

    /// <summary>Correlation at the pitch, 0..1; 0 where unvoiced.</summary>
    public float[] Strength { get; }

    public static PitchTrack Follow(ReadOnlySpan<VoiceFrame> frames)
    {
        var hz = new float[frames.Length];
        var strength = new float[frames.Length];
        if (frames.IsEmpty) return new PitchTrack(hz, strength);

        var from = new byte[frames.Length * States];
        Span<float> cost = stackalloc float[States];
        Span<float> next = stackalloc float[States];
        for (var t = 0; t < frames.Length; t++)
        {
            for (var s = 0; s < States; s++)
            {
                var local = Local(frames[t], s);
                if (t == 0)
                {
                    next[s] = local;
                    continue;
                }

                var best = float.PositiveInfinity;
                for (byte p = 0; p < States; p++)
                {
                    var through = cost[p] + Transition(frames[t - 1], p, frames[t], s);
                    if (through >= best) continue;

                    best = through;
                    from[(t * States) + s] = p;
                }

                next[s] = best + local;
            }

            next.CopyTo(cost);
        }

        var state = 0;
        for (var s = 1; s < States; s++)
        {
            if (cost[s] < cost[state]) state = s;
        }

        for (var t = frames.Length - 1; t >= 0; t--)
        {
            if (state < PitchCandidates.Count) (hz[t], strength[t]) = (frames[t].Pitch.Hz(state), frames[t].Pitch.Strength(state));
            state = from[(t * States) + state];
        }

        return new PitchTrack(hz, strength);
    }

    private static float Local(in VoiceFrame frame, int state)
    {
        if (state == PitchCandidates.Count) return UnvoicedCost;

        // An absent candidate must never be chosen; the cost stays finite so that paths stay comparable.
        var hz = frame.Pitch.Hz(state);
        return hz <= 0 ? 10 : 1 - frame.Pitch.Strength(state) + (LowPitchCost * MathF.Log2(1000 / hz));
    }

    private static float Transition(in VoiceFrame before, int from, in VoiceFrame now, int to)
    {
        var wasVoiced = from < PitchCandidates.Count;
        var isVoiced = to < PitchCandidates.Count;
        if (wasVoiced != isVoiced) return SwitchCost;
        if (!isVoiced) return 0;

        float a = before.Pitch.Hz(from), b = now.Pitch.Hz(to);
        return a > 0 && b > 0 ? CostPerOctave * Math.Abs(MathF.Log2(b / a)) : SwitchCost;
    }
}
