namespace Curation.Grains.Placement;

/// <summary>A silo that is about to stop sent a source away, or handed it over unfinished. Nothing is known against the source.</summary>
[GenerateSerializer]
[Alias("Curation.SiloDraining")]
public sealed class SiloDrainingException : OrleansException
{
    /// <summary>Says who sent it away.</summary>
    /// <param name="silo">The silo.</param>
    public SiloDrainingException(string silo)
        : base($"Silo {silo} is draining; another one takes the source up.")
    {
    }
}
