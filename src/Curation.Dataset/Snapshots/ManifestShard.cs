namespace Curation.Dataset.Snapshots;

/// <summary>One Parquet file of a snapshot.</summary>
/// <param name="Path">Relative to the data set; the first folder names the table.</param>
/// <param name="Split">The split; null outside <c>triplets</c>.</param>
/// <param name="Rows">Rows in it.</param>
/// <param name="Sha256">SHA-256 of the file.</param>
public sealed record ManifestShard(string Path, string? Split, long Rows, string Sha256);
