using Curation.Pipeline.Runs;

namespace Curation.Pipeline.Planning;

/// <summary>What came of one source of the sample.</summary>
/// <param name="Uri">Where it lies.</param>
/// <param name="Stratum">Place of its stratum in the design.</param>
public sealed record SampledSource(string Uri, int Stratum)
{
    /// <summary>Its bytes; null where they are not known.</summary>
    public long? Bytes { get; init; }

    /// <summary>Why it was quarantined; null where it was not.</summary>
    public SourceFailure? Failure { get; init; }

    /// <summary>Whether another source of the sample has the same content, whose clips count once, there.</summary>
    public bool IsDuplicate { get; init; }

    /// <summary>Seconds of media in it; 0 where it was quarantined.</summary>
    public double MediaSeconds { get; init; }

    /// <summary>Clips, whatever became of them.</summary>
    public int Clips { get; init; }

    /// <summary>Clips held.</summary>
    public int Held { get; init; }

    /// <summary>Clips, kept or not, that an endpoint gave no answer about.</summary>
    public int Pending { get; init; }

    /// <summary>Clips rejected, by the first filter that rejects.</summary>
    public IReadOnlyDictionary<string, int> Rejected { get; init; } = new Dictionary<string, int>();

    /// <summary>Clips retained, by split.</summary>
    public IReadOnlyDictionary<string, int> Retained { get; init; } = new Dictionary<string, int>();

    /// <summary>Seconds of retained clips, by split.</summary>
    public IReadOnlyDictionary<string, double> RetainedSeconds { get; init; } = new Dictionary<string, double>();

    /// <summary>Bytes of its retained clips.</summary>
    public double MediaBytes { get; init; }

    /// <summary>All bytes that it takes in the data set: clips, stills, rows, and what a rerun needs.</summary>
    public double StoredBytes { get; init; }

    /// <summary>Its part of the processor time; null where that was not measured.</summary>
    public double? CoreSeconds { get; init; }

    /// <summary>Its part of the time in which the GPU had clips; null where no model ran on a GPU.</summary>
    public double? GpuSeconds { get; init; }

    /// <summary>Its part of the answers of endpoints; 0 where none was asked.</summary>
    public double Requests { get; init; }

    /// <summary>What was measured of its clips, by measurement; clips without a value are left out.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Measured { get; init; } = new Dictionary<string, IReadOnlyList<double>>();
}
