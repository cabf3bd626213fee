using Curation.Clips;

namespace Curation.Models.Fusion;

/// <summary>The dense caption of a clip.</summary>
/// <param name="Text">The claims' sentences in order; empty where nothing is known.</param>
/// <param name="Claims">Every sentence and what it rests on.</param>
/// <param name="Dropped">Sentences that were left out, and why.</param>
/// <param name="Model">Who wrote it: <c>template</c>, or the endpoint's model.</param>
/// <param name="ModelVersion">Its version.</param>
public sealed record FusedCaption(string Text, IReadOnlyList<FusedClaim> Claims, IReadOnlyList<DroppedSentence> Dropped, string Model, string ModelVersion)
{
    /// <summary>Why the endpoint's caption was not used; null where it was, or where none is configured.</summary>
    public string? FallbackReason { get; init; }

    /// <summary>Whether the endpoint gave no answer and may give one later.</summary>
    public bool MayComeLater { get; init; }

    /// <summary>As it stands in a row.</summary>
    /// <returns>An annotation of kind <c>caption</c>.</returns>
    public Annotation ToAnnotation() => new("caption", Text, Model, ModelVersion, null);
}
