namespace Curation.Pipeline.Deduplicating;

/// <summary>What becomes of clips that share only one half with a better one.</summary>
public sealed record DedupOptions
{
    /// <summary>Whether of clips with the same picture and other sound only the best stays.</summary>
    public bool DropSamePicture { get; init; }

    /// <summary>Whether of clips with the same sound and another picture only the best stays.</summary>
    public bool DropSameSound { get; init; }
}
