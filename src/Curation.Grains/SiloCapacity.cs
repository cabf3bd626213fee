namespace Curation.Grains;

/// <summary>How much one silo takes at once.</summary>
public sealed class SiloCapacity
{
    /// <summary>The key under which a silo's metadata tells the others <see cref="Sources"/>.</summary>
    public const string MetadataKey = "sources";

    /// <summary>Sources at once on this silo, of all runs together, at least 1; null for as many as a run asks for.</summary>
    public int? Sources { get; set; }
}
