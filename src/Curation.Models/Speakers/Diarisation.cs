namespace Curation.Models.Speakers;

/// <summary>Who spoke when.</summary>
/// <param name="Turns">Turns in order of time; empty without speech. Voices that speak at once are given to one of them.</param>
/// <param name="Directions">Direction of length 1 of each speaker's voice, by the speaker's id.</param>
public sealed record Diarisation(IReadOnlyList<SpeakerTurn> Turns, IReadOnlyDictionary<string, float[]> Directions)
{
    /// <summary>How many speakers; 0 without speech that is long enough to judge.</summary>
    public int SpeakerCount => Directions.Count;
}
