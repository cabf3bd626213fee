namespace Curation.Grains;

/// <summary>A listed source that is not through, as a checkpoint remembers it.</summary>
/// <param name="Position">Its place in the listing, from 0.</param>
/// <param name="Uri">Its address, by which a listing that has changed is noticed.</param>
public sealed record OpenSource(long Position, string Uri)
{
    /// <summary>The silo that works on it, in Orleans' parsable form; null while it waits.</summary>
    public string? Silo { get; init; }

    /// <summary>Silos that died while they worked on it and on nothing else of the run.</summary>
    public int DeathsAlone { get; init; }

    /// <summary>Silos that died while they worked on it and on others of the run.</summary>
    public int DeathsInCompany { get; init; }

    /// <summary>Whether any silo died under it.</summary>
    public bool HasDeaths() => DeathsAlone + DeathsInCompany > 0;
}
