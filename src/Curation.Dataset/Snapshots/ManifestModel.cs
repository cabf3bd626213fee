namespace Curation.Dataset.Snapshots;

/// <summary>A model that measured or described clips.</summary>
/// <param name="Slot">What it is used for.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sha256">SHA-256 of its weights; null for a remote endpoint.</param>
public sealed record ManifestModel(string Slot, string Name, string Version, string? Sha256);
