namespace Curation.Filters.Classification;

/// <summary>How far a voice holds notes: its pitch stays within +-50 cents for longer than in most speech, often with vibrato.</summary>
/// <remarks>
/// After Gerhard 2002 (pitch features that tell song from speech) and Sundberg 1994 (vibrato of 4 to 7 Hz); limits uncalibrated.
/// Monotone and synthetic speech hold their pitch as well, so this alone says little: see <see cref="SingingScore"/>.
/// </remarks>
internal static class NoteStability
{
    // A note keeps within +-50 cents for at least 300 ms; speech does so too at times, but seldom for 400 ms.
    private const float NoteRange = 100;
    private const int ShortNote = 30;
    private const int LongNote = 40;

    // Vibrato: what smoothing took away crosses zero 4 to 7 times a second upwards, with 15 to 150 cents RMS.
    private const float LowestVibratoHz = 4, HighestVibratoHz = 7;
    private const float LeastVibratoCents = 15, MostVibratoCents = 150;
    private const float VibratoWeight = 0.5f;

    /// <param name="cents">Pitch of an unbroken run of voiced frames, cents.</param>
    /// <param name="smooth">The same without vibrato.</param>
    /// <returns>Frames in notes, where those in long notes and with vibrato count for more: 0 to 1.5 a frame.</returns>
    public static double Evidence(ReadOnlySpan<float> cents, ReadOnlySpan<float> smooth)
    {
        int inShort = 0, inLong = 0, inVibrato = 0;
        for (var k = 0; k < smooth.Length;)
        {
            var noteEnd = EndOfNote(smooth, k);
            var length = noteEnd - k;
            if (length >= ShortNote) inShort += length;
            if (length >= LongNote) inLong += length;
            if (length >= ShortNote && HasVibrato(cents.Slice(k, length), smooth.Slice(k, length))) inVibrato += length;
            k = noteEnd;
        }

        return ((inShort + inLong) / 2.0) + (VibratoWeight * inVibrato);
    }

    private static int EndOfNote(ReadOnlySpan<float> smooth, int first)
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
}
