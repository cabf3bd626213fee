namespace Curation.Models.Checkpoints;

/// <summary>Where a storage's elements are in the file.</summary>
/// <param name="Offset">From the file's start.</param>
/// <param name="Bytes">Length there.</param>
internal readonly record struct StoragePlace(long Offset, long Bytes);
