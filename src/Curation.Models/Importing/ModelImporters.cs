namespace Curation.Models.Importing;

/// <summary>The importers that <c>curate models import</c> knows, by slot.</summary>
public static class ModelImporters
{
    /// <summary>Every importer.</summary>
    public static IReadOnlyList<IModelImporter> All { get; } =
    [
        new SynchformerImporter(),
        new ImageBindImporter(),
        new AestheticImporter(),
        new WhisperImporter(),
    ];

    /// <summary>The importer of a slot.</summary>
    /// <param name="slot">The slot's name.</param>
    /// <returns>The importer.</returns>
    /// <exception cref="ArgumentException">No checkpoint is imported for that slot; the message lists those that are.</exception>
    public static IModelImporter For(string slot) =>
        All.FirstOrDefault(importer => importer.Slot == slot)
        ?? throw new ArgumentException($"Nothing is imported for the slot '{slot}'; known: {string.Join(", ", All.Select(importer => importer.Slot))}.", nameof(slot));
}
