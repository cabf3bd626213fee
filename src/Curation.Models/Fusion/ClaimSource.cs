using System.Globalization;

namespace Curation.Models.Fusion;

/// <summary>What a sentence rests on.</summary>
/// <param name="Kind"><c>annotation</c>, <c>transcript</c>, <c>speakers</c>, <c>split</c>, <c>tag</c> or <c>measurement</c>.</param>
/// <param name="AnnotationIndex">Place in <see cref="FusionInput.Annotations"/>; null for other kinds.</param>
/// <param name="Name">The tag's or measurement's name; null for other kinds.</param>
public sealed record ClaimSource(string Kind, int? AnnotationIndex = null, string? Name = null)
{
    /// <summary>What was transcribed.</summary>
    public static ClaimSource Transcript { get; } = new("transcript");

    /// <summary>Who speaks when.</summary>
    public static ClaimSource Speakers { get; } = new("speakers");

    /// <summary>The kind of sound.</summary>
    public static ClaimSource Split { get; } = new("split");

    /// <summary>An annotation.</summary>
    /// <param name="index">Its place in the list.</param>
    /// <returns>The source.</returns>
    public static ClaimSource Annotation(int index) => new("annotation", index);

    /// <summary>A tag.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The source.</returns>
    public static ClaimSource Tag(string name) => new("tag", null, name);

    /// <summary>A measurement.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The source.</returns>
    public static ClaimSource Measurement(string name) => new("measurement", null, name);

    /// <summary>For people.</summary>
    /// <returns>For example <c>annotation 2</c> or <c>tag Dog</c>.</returns>
    public override string ToString() =>
        AnnotationIndex is { } index ? string.Create(CultureInfo.InvariantCulture, $"{Kind} {index}") : Name is { } name ? $"{Kind} {name}" : Kind;
}
