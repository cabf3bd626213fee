namespace Curation.Models.Catalogue;

/// <summary>How far a pull is.</summary>
/// <param name="File">The file.</param>
/// <param name="Bytes">Bytes that lie on the disk.</param>
/// <param name="Total">Bytes of the whole; null where the server does not say.</param>
public sealed record PullProgress(string File, long Bytes, long? Total);
