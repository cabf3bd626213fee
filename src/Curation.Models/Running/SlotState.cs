namespace Curation.Models.Running;

/// <summary>Whether a slot can be used, and what fills it.</summary>
/// <param name="Slot">Name of the slot.</param>
/// <param name="Reason">Why it cannot be used, in words; null where it can.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Version">Version of the model.</param>
/// <param name="Sha256">Digest of its weights, for provenance; null where it cannot be used.</param>
public sealed record SlotState(string Slot, string? Reason, string Model, string Version, string? Sha256)
{
    /// <summary>Whether it can be used.</summary>
    public bool IsAvailable => Reason is null;
}
