namespace Curation.Models.Speakers;

/// <summary>One turn of one speaker.</summary>
/// <param name="Speaker"><c>S1</c>, <c>S2</c>, ... in the order in which they first speak.</param>
/// <param name="Start">Seconds from the clip's start.</param>
/// <param name="End">Seconds from the clip's start.</param>
public sealed record SpeakerTurn(string Speaker, double Start, double End);
