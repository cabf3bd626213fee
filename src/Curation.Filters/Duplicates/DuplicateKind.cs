namespace Curation.Filters.Duplicates;

/// <summary>What two clips share.</summary>
public enum DuplicateKind
{
    /// <summary>Picture and sound.</summary>
    Same,

    /// <summary>The picture; the sound is another, or says nothing.</summary>
    SamePicture,

    /// <summary>The sound; the picture is another, or says nothing.</summary>
    SameSound,
}
