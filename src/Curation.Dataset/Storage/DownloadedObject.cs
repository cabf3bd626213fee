namespace Curation.Dataset.Storage;

/// <summary>An object as it was written into a file.</summary>
/// <param name="Sha256">SHA-256 of its bytes, in lower-case hexadecimal.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="ETag">The version that was read.</param>
public sealed record DownloadedObject(string Sha256, long SizeBytes, string ETag);
