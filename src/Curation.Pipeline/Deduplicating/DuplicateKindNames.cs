using Curation.Filters.Duplicates;

namespace Curation.Pipeline.Deduplicating;

/// <summary>The names of kinds of copies, as rows and commands write them.</summary>
public static class DuplicateKindNames
{
    /// <summary>A kind's name.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns><c>same</c>, <c>same_picture</c> or <c>same_sound</c>.</returns>
    public static string ToName(this DuplicateKind kind) => kind switch
    {
        DuplicateKind.Same => "same",
        DuplicateKind.SamePicture => "same_picture",
        DuplicateKind.SameSound => "same_sound",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of copy."),
    };
}
