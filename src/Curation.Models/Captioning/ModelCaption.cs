using Curation.Clips;

namespace Curation.Models.Captioning;

/// <summary>What a local model says of a picture.</summary>
/// <param name="Text">Plain prose.</param>
/// <param name="Confidence">Geometric mean of the words' probabilities, 0..1.</param>
public sealed record ModelCaption(string Text, double Confidence)
{
    /// <summary>As it stands in a row.</summary>
    /// <param name="model">The model's name in the catalogue.</param>
    /// <param name="version">Its version.</param>
    /// <returns>An annotation of kind <c>video_caption</c>.</returns>
    public Annotation ToAnnotation(string model, string version) => new("video_caption", Text, model, version, Confidence);
}
