namespace Curation.Grains;

/// <summary>Tells which silos work on sources at the moment.</summary>
public interface ISiloRoster
{
    /// <summary>The active silos with the role for it, in a stable order.</summary>
    /// <returns>None while there is no such silo.</returns>
    IReadOnlyList<SiloPlace> Active();

    /// <summary>Whether a silo is active, as far as this one knows.</summary>
    /// <param name="silo">The silo.</param>
    /// <returns>False for one that died, leaves or was never there.</returns>
    bool IsActive(SiloAddress silo);
}
