namespace Curation.Filters.Classification;

/// <summary>How far a voice holds vowels: a sung one keeps pitch and timbre where speech, however monotone, has gone on to the next sound.</summary>
/// <remarks>
/// Speech utters 4 to 8 syllables a second of two or three sounds each, so a sound lasts 60 to 120 ms (Greenberg 1999; Klatt 1976:
/// stressed vowels 130 ms, unstressed ones 70 ms); song stretches its vowels to fill the note. Limits uncalibrated.
/// </remarks>
internal sealed class HeldVowels
{
    // Two mean cepstra of 110 ms each, 160 ms apart: a hold of 270 ms.
    private const int Lag = 16;
    private const int CepstrumReach = 5;

    // Distance of mean cepstra c1 to c12 under which they are of one sound. Uncalibrated.
    private const float SameSound = 5;

    // A semitone: the note is the same.
    private const float SameNoteCents = 100;

    // Cepstra in columns: coefficient, then frame; c0 is the level and says nothing about the sound.
    private readonly float[][] _columns = new float[Cepstrum.Count - 1][];

    public HeldVowels(ReadOnlySpan<VoiceFrame> frames)
    {
        var column = new float[frames.Length];
        for (var c = 0; c < _columns.Length; c++)
        {
            for (var t = 0; t < column.Length; t++) column[t] = frames[t].Cepstrum[c + 1];
            _columns[c] = MovingMean.Of(column, CepstrumReach);
        }
    }

    /// <param name="first">First frame of an unbroken run of voiced frames.</param>
    /// <param name="smooth">The run's pitch without vibrato, cents.</param>
    /// <returns>Frames of the run that are held: <see cref="Lag"/> frames later note and sound are still the same.</returns>
    public int Count(int first, ReadOnlySpan<float> smooth)
    {
        var held = 0;
        for (var i = 0; i + Lag < smooth.Length; i++)
        {
            var between = smooth.Slice(i, Lag + 1);
            if (Distance(first + i, first + i + Lag) < SameSound && Range(between) < SameNoteCents) held++;
        }

        return held;
    }

    private float Distance(int a, int b)
    {
        var squares = 0f;
        foreach (var column in _columns) squares += (column[b] - column[a]) * (column[b] - column[a]);
        return MathF.Sqrt(squares);
    }

    private static float Range(ReadOnlySpan<float> values) =>
        System.Numerics.Tensors.TensorPrimitives.Max(values) - System.Numerics.Tensors.TensorPrimitives.Min(values);
}
