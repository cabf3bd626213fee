namespace Curation.Pipeline.Policies;

/// <summary>What a user pays, as the table <c>prices</c> of a policy file says. No price is assumed: what is not given costs nothing that could be said.</summary>
/// <remarks>It decides nothing about clips, so it is no part of a policy's SHA-256: other prices do no source again.</remarks>
/// <param name="Currency">For people, such as <c>USD</c>.</param>
public sealed record PriceTable(string Currency)
{
    /// <summary>One core for an hour; null where it is not given. So for those below; none is negative.</summary>
    public double? CoreHour { get; init; }

    /// <summary>One GPU for an hour.</summary>
    public double? GpuHour { get; init; }

    /// <summary>A gigabyte (10^9 bytes) stored for a month.</summary>
    public double? StorageGbMonth { get; init; }

    /// <summary>One request to an endpoint.</summary>
    public double? Request { get; init; }
}
