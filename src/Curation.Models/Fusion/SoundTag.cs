namespace Curation.Models.Fusion;

/// <summary>One sound that a tagger heard in a clip.</summary>
/// <param name="Name">The class's name, such as AudioSet's <c>Dog</c>.</param>
/// <param name="Confidence">0..1.</param>
public sealed record SoundTag(string Name, double Confidence);
