using Curation.Models.Speech;

namespace Curation.Models.Endpoints;

/// <summary>What a model that hears says was said.</summary>
/// <param name="Text">The words; empty where nobody speaks.</param>
/// <param name="Language">BCP 47; null where it is not told.</param>
/// <param name="Model">Who heard it.</param>
/// <param name="ModelVersion">The model that served the answer, and the prompt's version.</param>
/// <param name="Confidence">0..1 as the model puts it; null where it gives none.</param>
public sealed record ClipTranscript(string Text, string? Language, string Model, string ModelVersion, double? Confidence)
{
    /// <summary>As the vote over several transcribers takes it: one segment without word times, since the model tells none.</summary>
    /// <param name="durationSeconds">Length of the clip.</param>
    /// <returns>A transcript.</returns>
    public Transcript ToTranscript(double durationSeconds) =>
        new($"{Model} ({ModelVersion})", Language, null, Text.Length == 0 ? [] : [new TranscriptSegment(Text, 0, durationSeconds)]);
}
