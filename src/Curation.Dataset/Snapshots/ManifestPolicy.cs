namespace Curation.Dataset.Snapshots;

/// <summary>The policy a snapshot was made with.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">SHA-256 of its canonical text.</param>
public sealed record ManifestPolicy(string Name, string Sha256);
