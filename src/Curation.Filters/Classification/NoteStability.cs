namespace Curation.Filters.Classification;

/// <summary>How far a voice holds notes: sung vowels stay within +-50 cents for longer than spoken ones, often with vibrato.</summary>
/// <remarks>After Gerhard 2002 (pitch features that tell song from speech) and Sundberg 1994 (vibrato of 4 to 7 Hz); limits uncalibrated.</remarks>
internal static class NoteStability
{
    // A step of more than this between frames is a new note or a slip of the tracker, cents.
    private const float LargestStep = 150;

    // Smoothing that flattens vibrato of 4 Hz and faster: 170 ms.
    private const int SmoothReach = 8;

    // A note keeps within +-50 cents for at least 300 ms; speech does so too at times, but seldom for 400 ms.
    private const float NoteRange = 100;
    private const int ShortNote = 30;
    private const int LongNote = 40;

    // Vibrato: what smoothing took away crosses zero 4 to 7 times a second upwards, with 15 to 150 cents RMS.
    private const float LowestVibratoHz = 4, HighestVibratoHz = 7;
    private const float LeastVibratoCents = 15, MostVibratoCents = 150;
    private const float VibratoWeight = 0.5f;

    // Less voiced time than this says nothing about notes: score 0.
    private const int LeastVoiced = 100;

    // The score is a logistic of the evidence: 5 s pieces of speech reached 0.40, of song 0.53 and more.
    private const double Centre = 0.44, Slope = 20;

    // Softest correlation at which a pitch counts.
    private const float LeastStrength = 0.5f;

    /// <returns>0..1, uncalibrated; 0 where there is less than a second of voiced sound.</returns>
    public static double Score(PitchTrack track, IReadOnlyList<VoiceSegment> voice)
    {
        int voiced = 0, inShort = 0, inLong = 0, inVibrato = 0;
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

                voiced += end - t;
                var cents = Cents(track, t, end);
                var smooth = MovingMean.Of(cents, SmoothReach);
                for (var k = 0; k < smooth.Length;)
                {
                    var noteEnd = EndOfNote(smooth, k);
                    var length = noteEnd - k;
                    if (length >= ShortNote) inShort += length;
                    if (length >= LongNote) inLong += length;
                    if (length >= ShortNote && HasVibrato(cents.AsSpan(k, length), smooth.AsSpan(k, length))) inVibrato += length;
                    k = noteEnd;
                }

                t = end;
            }
        }

        if (voiced < LeastVoiced) return 0;

        var evidence = (((inShort + inLong) / 2.0) + (VibratoWeight * inVibrato)) / voiced;
        return 1 / (1 + Math.Exp(-Slope * (evidence - Centre)));
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

    private static int EndOfNote(float[] smooth, int first)
    {
        float low = smooth[first], high = low;
        var t = first + 1;
        for (; t < smooth.Length; t++)
        {
            low = Math.Min(low, smooth[t]);
            high = Math.Max(high, smooth[t]);
            if (high - low > NoteRange) break;
        }

        return t;
    }

    private static bool HasVibrato(ReadOnlySpan<float> cents, ReadOnlySpan<float> smooth)
    {
        double squares = 0;
        var rises = 0;
        var below = cents[0] < smooth[0];
        for (var i = 0; i < cents.Length; i++)
        {
            var rest = cents[i] - smooth[i];
            squares += rest * rest;
            if (below && rest > 0) rises++;
            below = rest <= 0;
        }

        var hz = rises * (double)VoiceFrame.PerSecond / cents.Length;
        return Math.Sqrt(squares / cents.Length) is >= LeastVibratoCents and <= MostVibratoCents && hz is >= LowestVibratoHz and <= HighestVibratoHz;
    }

    private static float ToCents(float hz) => 1200 * MathF.Log2(hz);
}
