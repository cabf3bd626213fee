namespace Curation.Clips;

/// <summary>One text that somebody or something said of a clip, before fusion.</summary>
/// <param name="Kind">For example <c>video_caption</c>, <c>audio_caption</c>, <c>transcript</c>, <c>caption</c>.</param>
/// <param name="Text">The text.</param>
/// <param name="Model">Who said it; <c>signal</c> for the embedded captioner.</param>
/// <param name="ModelVersion">Its version.</param>
/// <param name="Confidence">0..1; null where none is given.</param>
public sealed record Annotation(string Kind, string Text, string Model, string ModelVersion, double? Confidence);
