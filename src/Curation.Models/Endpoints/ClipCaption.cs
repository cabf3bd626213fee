using Curation.Clips;

namespace Curation.Models.Endpoints;

/// <summary>What a model says of a clip.</summary>
/// <param name="Text">Plain prose.</param>
/// <param name="Sounds">Sounds it names; empty where it was not asked for any.</param>
/// <param name="Model">Who said it.</param>
/// <param name="ModelVersion">The model that served the answer, and the prompt's version.</param>
/// <param name="Confidence">0..1 as the model puts it; null where it gives none.</param>
public sealed record ClipCaption(string Text, IReadOnlyList<string> Sounds, string Model, string ModelVersion, double? Confidence)
{
    /// <summary>As it stands in a row.</summary>
    /// <param name="kind"><c>video_caption</c> or <c>audio_caption</c>.</param>
    /// <returns>An annotation.</returns>
    public Annotation ToAnnotation(string kind) => new(kind, Text, Model, ModelVersion, Confidence);
}
