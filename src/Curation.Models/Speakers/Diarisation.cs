namespace Curation.Models.Speakers;

/// <summary>Who spoke when.</summary>
/// <param name="Turns">Turns in order of time; empty without speech. Voices that speak at once are given to one of them.</param>
/// <param name="Directions">Direction of length 1 of each speaker's voice, by the speaker's id.</param>
public sealed record Diarisation(IReadOnlyList<SpeakerTurn> Turns, IReadOnlyDictionary<string, float[]> Directions)
{
    /// <summary>How many speakers; 0 without speech that is long enough to judge.</summary>
    public int SpeakerCount => Directions.Count;

    /// <summary>Who said a word.</summary>
    /// <param name="start">Seconds from the clip's start.</param>
    /// <param name="end">Seconds from the clip's start.</param>
    /// <returns>The speaker whose turns share most time with it; null where nobody speaks then.</returns>
    public string? SpeakerBetween(double start, double end) => Turns
        .Select(turn => (turn.Speaker, Shared: Math.Min(turn.End, end) - Math.Max(turn.Start, start)))
        .Where(turn => turn.Shared > 0 || (start == end && turn.Shared == 0))
        .GroupBy(turn => turn.Speaker)
        .MaxBy(speaker => speaker.Sum(turn => turn.Shared))?.Key;

    /// <summary>Everything that one speaker says, one turn after the other, for models that judge a voice.</summary>
    /// <param name="speaker">The speaker's id.</param>
    /// <param name="samples">Sound of the whole clip.</param>
    /// <param name="sampleRate">Samples in one second.</param>
    /// <returns>The samples of the speaker's turns; empty for an unknown id.</returns>
    public float[] SoundOf(string speaker, ReadOnlySpan<float> samples, int sampleRate)
    {
        var sound = new List<float>();
        foreach (var turn in Turns.Where(turn => turn.Speaker == speaker))
        {
            var first = Math.Clamp((int)(turn.Start * sampleRate), 0, samples.Length);
            var end = Math.Clamp((int)(turn.End * sampleRate), first, samples.Length);
            sound.AddRange(samples[first..end]);
        }

        return [.. sound];
    }
}
