namespace Curation.Models.Catalogue;

/// <summary>One slot of the catalogue: which model fills it, under what licence, from where.</summary>
/// <param name="Slot">Name of the slot.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Version">Version of the model.</param>
/// <param name="Licence">Licence of the weights.</param>
/// <param name="NonCommercial">Whether the licence forbids commercial use.</param>
/// <param name="Project">The project's page.</param>
/// <param name="Kind">How the slot gets its model.</param>
public sealed record CatalogSlot(string Slot, string Model, string Version, string Licence, bool NonCommercial, Uri Project, SlotKind Kind)
{
    /// <summary>Who describes or uses the model.</summary>
    public IReadOnlyList<string> CitedBy { get; init; } = [];

    /// <summary>The files that the slot runs.</summary>
    public IReadOnlyList<CatalogFile> Files { get; init; } = [];

    /// <summary>Published checkpoints that are imported.</summary>
    public IReadOnlyList<CatalogFile> Checkpoints { get; init; } = [];

    /// <summary>Sample rate of the sound it hears, in Hz; null where it hears none.</summary>
    public int? SampleRate { get; init; }

    /// <summary>Side of the pictures it sees, in pixels; null where it sees none or they are not square.</summary>
    public int? PictureSize { get; init; }

    /// <summary>What kind of endpoint it wants; null where it runs here.</summary>
    public string? Endpoint { get; init; }
}
