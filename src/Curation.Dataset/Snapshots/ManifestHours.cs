namespace Curation.Dataset.Snapshots;

/// <summary>Hours of media.</summary>
public sealed record ManifestHours
{
    /// <summary>In all sources that are not duplicates.</summary>
    public double Media { get; init; }

    /// <summary>In retained clips.</summary>
    public double Retained { get; init; }

    /// <summary>In held clips.</summary>
    public double Held { get; init; }

    /// <summary>In rejected clips.</summary>
    public double Rejected { get; init; }

    /// <summary>In retained clips, by split.</summary>
    public IReadOnlyDictionary<string, double> BySplit { get; init; } = new Dictionary<string, double>();
}
