namespace Curation.Models.Catalogue;

/// <summary>Every model slot there is.</summary>
public sealed class ModelCatalog
{
    private const string Embedded = "models/catalog.json";

    private readonly Dictionary<string, CatalogSlot> _bySlot;

    private ModelCatalog(IReadOnlyList<CatalogSlot> slots)
    {
        Slots = slots;
        _bySlot = slots.ToDictionary(slot => slot.Slot, StringComparer.Ordinal);
    }

    /// <summary>The slots in the order of the file.</summary>
    public IReadOnlyList<CatalogSlot> Slots { get; }

    /// <summary>Their names.</summary>
    public IReadOnlyCollection<string> Names => _bySlot.Keys;

    /// <summary>The catalogue that travels inside the program.</summary>
    /// <returns>The catalogue.</returns>
    public static ModelCatalog LoadEmbedded()
    {
        using var stream = typeof(ModelCatalog).Assembly.GetManifestResourceStream(Embedded)
            ?? throw new InvalidOperationException($"The resource {Embedded} is missing from the build.");
        return Parse(stream, "catalog.json");
    }

    /// <summary>Reads a catalogue.</summary>
    /// <param name="json">Its JSON.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <returns>The catalogue.</returns>
    /// <exception cref="CatalogException">It is wrong; all errors at once.</exception>
    public static ModelCatalog Parse(Stream json, string name) => new(CatalogReader.Read(json, name));

    /// <summary>One slot.</summary>
    /// <param name="slot">Its name.</param>
    /// <returns>The slot; null where there is none of that name.</returns>
    public CatalogSlot? Find(string slot) => _bySlot.GetValueOrDefault(slot);
}
