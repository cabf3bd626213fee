namespace Curation.Models.Catalogue;

/// <summary>A file as it was when it was first pulled.</summary>
/// <param name="Sha256">SHA-256 in lower-case hex.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Url">Where it came from.</param>
public sealed record LockedFile(string Sha256, long Bytes, string Url);
