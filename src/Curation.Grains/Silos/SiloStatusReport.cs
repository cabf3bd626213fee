namespace Curation.Grains.Silos;

/// <summary>How one silo is at a moment.</summary>
/// <param name="Silo">Its address and port.</param>
/// <param name="Host">The machine's name.</param>
/// <param name="Roles">What it is there for.</param>
/// <param name="InFlight">Sources in work on it.</param>
/// <param name="Sources">Sources that it takes at once; null for as many as a run asks for.</param>
/// <param name="IsDraining">Whether it sends new sources away, because it is about to stop.</param>
public sealed record SiloStatusReport(string Silo, string Host, IReadOnlyList<string> Roles, int InFlight, int? Sources, bool IsDraining)
{
    /// <summary>Load of its processors from 0 to 100.</summary>
    public double ProcessorPercent { get; init; }

    /// <summary>Bytes that its process holds.</summary>
    public long ProcessBytes { get; init; }

    /// <summary>Bytes that the machine or its container has; 0 where that is not known.</summary>
    public long MachineBytes { get; init; }

    /// <summary>Bytes of its memory budget given out to decoders and encoders.</summary>
    public long ReservedBytes { get; init; }

    /// <summary>The whole budget.</summary>
    public long BudgetBytes { get; init; }

    /// <summary>Slots whose models it has found in the folders that its runs named.</summary>
    public IReadOnlyList<string> ModelSlots { get; init; } = [];

    /// <summary>When its process started.</summary>
    public DateTimeOffset StartedUtc { get; init; }

    /// <summary>Version of the program.</summary>
    public string Version { get; init; } = "";
}
