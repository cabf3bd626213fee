namespace Curation.Pipeline.Budgets;

/// <summary>How much memory a silo gives to the decoders and encoders of its sources.</summary>
public sealed record MemoryOptions
{
    // Of what the process may use: the rest is for the silo itself and its models. Uncalibrated.
    private const double DefaultShare = 0.75;

    /// <summary>Bytes; three quarters of the machine's memory, or of the container's limit. Work that is expected to need more than all of it runs alone.</summary>
    public long Bytes { get; init; } = (long)(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * DefaultShare);
}
