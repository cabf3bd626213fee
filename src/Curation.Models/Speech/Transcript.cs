namespace Curation.Models.Speech;

/// <summary>What one speech recogniser heard.</summary>
/// <param name="Model">Name and version of the model that wrote it.</param>
/// <param name="Language">ISO 639 code such as <c>en</c> or <c>yue</c>; null where the model does not say.</param>
/// <param name="LanguageProbability">Probability in [0, 1] of that language; null where it was given by the caller or the model does not say.</param>
/// <param name="Segments">Segments in order of time; empty where nothing was said.</param>
public sealed record Transcript(string Model, string? Language, double? LanguageProbability, IReadOnlyList<TranscriptSegment> Segments)
{
    /// <summary>Everything said, segments joined as the model spaced them, trimmed.</summary>
    public string Text => string.Concat(Segments.Select(segment => segment.Text)).Trim();

    /// <summary>Every word in order.</summary>
    public IEnumerable<TranscriptWord> Words => Segments.SelectMany(segment => segment.Words);
}
