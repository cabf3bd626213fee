namespace Curation.Grains;

/// <summary>A silo that works on sources.</summary>
/// <param name="Silo">The silo.</param>
/// <param name="Sources">Sources it takes at once; null for as many as a run asks for.</param>
public sealed record SiloPlace(SiloAddress Silo, int? Sources)
{
    /// <summary>What it counts for where a run asks for as many sources as the cluster can take.</summary>
    public int Share => Sources ?? Environment.ProcessorCount;
}
