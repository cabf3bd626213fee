namespace Curation.Dataset.Exporting;

/// <summary>What the index says of one tar.</summary>
/// <param name="Name">Its name, beside the index.</param>
/// <param name="Split">The split of its clips.</param>
/// <param name="Samples">Clips in it.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">SHA-256 of the file.</param>
internal sealed record WebDatasetShardInfo(string Name, string Split, long Samples, long Bytes, string Sha256);
