namespace Curation.Models.Catalogue;

/// <summary>What is known of one file in the models folder.</summary>
/// <param name="File">The file of the catalogue.</param>
/// <param name="Path">Where it lies; null where it does not.</param>
/// <param name="Sha256">Its hash; null where it does not lie there.</param>
/// <param name="Expected">The hash it must have: the catalogue's, or the one pinned when it was first pulled; null where neither knows.</param>
public sealed record FileState(CatalogFile File, string? Path, string? Sha256, string? Expected)
{
    /// <summary>Whether it lies there with another hash than it must have.</summary>
    public bool IsWrong => Path is not null && Expected is not null && Sha256 != Expected;
}
