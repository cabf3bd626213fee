namespace Curation.Models.Speech.Agreement;

/// <summary>A model that was asked.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Text">What it wrote.</param>
/// <param name="Voted">Whether its words were counted; a model that loops is not, as long as another one does not.</param>
public sealed record TranscriptSource(string Model, string Text, bool Voted);
