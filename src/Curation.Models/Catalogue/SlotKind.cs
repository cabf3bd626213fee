namespace Curation.Models.Catalogue;

/// <summary>How a slot gets its model.</summary>
public enum SlotKind
{
    /// <summary>Files that are published as they are used.</summary>
    File,

    /// <summary>Graphs that <c>curate models import</c> writes from a published checkpoint.</summary>
    Imported,

    /// <summary>An endpoint; nothing lies in the models folder.</summary>
    Endpoint,
}
