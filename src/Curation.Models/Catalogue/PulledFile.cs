namespace Curation.Models.Catalogue;

/// <summary>A file that a pull dealt with.</summary>
/// <param name="File">The file.</param>
/// <param name="Path">Where it lies; null where it must be placed by hand or imported.</param>
/// <param name="Sha256">Its hash; null where it does not lie there.</param>
/// <param name="Outcome">What was done, in words.</param>
public sealed record PulledFile(CatalogFile File, string? Path, string? Sha256, string Outcome);
