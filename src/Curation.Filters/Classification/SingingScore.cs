namespace Curation.Filters.Classification;

/// <summary>How sung a voice sounds: it must hold vowels on a note; that its pitch is still helps, but never suffices.</summary>
internal static class SingingScore
{
    // A step of more than this between frames is a new note or a slip of the tracker, cents.
    private const float LargestStep = 150;

    // Smoothing that flattens vibrato of 4 Hz and faster: 170 ms.
    private const int SmoothReach = 8;

    // Less voiced time than this says nothing about notes: score 0.
    private const int LeastVoiced = 100;

    // Softest correlation at which a pitch counts.
    private const float LeastStrength = 0.5f;

    // The score is a logistic of both kinds of evidence per voiced frame. The caps see to it that neither suffices: a still pitch alone
    // scores 0.00001, held vowels alone 0.006. Weights by hand on 5 s pieces of one singer and seven recordings of speech, on
    // festival's and a generated voice singing, and on flite's and espeak-ng's voices speaking; uncalibrated beyond that.
    private const double NotesWeight = 24, MostNotes = 0.45;
    private const double HeldWeight = 120, MostHeld = 0.14;
    private const double Bias = -22;

    /// <returns>0..1, uncalibrated; 0 where there is less than a second of voiced sound.</returns>
    public static double Of(ReadOnlySpan<VoiceFrame> frames, PitchTrack track, IReadOnlyList<VoiceSegment> voice)
    {
        var (notes, held) = Evidence(frames, track, voice);
        return 1 / (1 + Math.Exp(-(Bias + (NotesWeight * Math.Min(notes, MostNotes)) + (HeldWeight * Math.Min(held, MostHeld)))));
    }

    private static (double Notes, double Held) Evidence(ReadOnlySpan<VoiceFrame> frames, PitchTrack track, IReadOnlyList<VoiceSegment> voice)
    {
        var vowels = new HeldVowels(frames);
        int voiced = 0, held = 0;
        double notes = 0;
        foreach (var segment in voice)
        {
            for (var t = segment.FirstFrame; t < segment.EndFrame;)
            {
                var end = EndOfRun(track, t, segment.EndFrame);
                if (end == t)
                {
                    t++;
                    continue;
                }

                var cents = Cents(track, t, end);
                var smooth = MovingMean.Of(cents, SmoothReach);
                voiced += cents.Length;
                notes += NoteStability.Evidence(cents, smooth);
                held += vowels.Count(t, smooth);
                t = end;
            }
        }

        return voiced < LeastVoiced ? (0, 0) : (notes / voiced, held / (double)voiced);
    }

    private static int EndOfRun(PitchTrack track, int first, int limit)
    {
        var t = first;
        while (t < limit && track.Hz[t] > 0 && track.Strength[t] >= LeastStrength
            && (t == first || Math.Abs(ToCents(track.Hz[t]) - ToCents(track.Hz[t - 1])) < LargestStep)) t++;
        return t;
    }

    private static float[] Cents(PitchTrack track, int first, int end)
    {
        var cents = new float[end - first];
        for (var i = 0; i < cents.Length; i++) cents[i] = ToCents(track.Hz[first + i]);
        return cents;
    }

    private static float ToCents(float hz) => 1200 * MathF.Log2(hz);
}
