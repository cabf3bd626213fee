namespace Curation.Models.Tagging;

/// <summary>What a tagger heard in a clip; every score is 0..1.</summary>
/// <param name="Singing">Highest score of AudioSet's singing classes.</param>
/// <param name="Speech">Highest score of AudioSet's speech classes.</param>
/// <param name="Music">Score of AudioSet's class "Music".</param>
/// <param name="Top">The highest scores of all classes, best first.</param>
public sealed record AudioTags(double Singing, double Speech, double Music, IReadOnlyList<AudioTag> Top);
