namespace Curation.Filters.Duplicates;

/// <summary>The hashes of one picture, 64 bits each; 0 where the picture has too little in it to be told by.</summary>
/// <param name="Whole">Of the whole picture.</param>
/// <param name="Inner">Of its middle.</param>
public readonly record struct PictureHash(ulong Whole, ulong Inner);
