namespace Curation.Dashboard.Hosting;

/// <summary>What a dashboard serves.</summary>
public sealed record DashboardOptions
{
    /// <summary>Addresses of data sets to serve beside those that the cluster's runs write.</summary>
    public IReadOnlyList<string> Datasets { get; init; } = [];

    /// <summary>Whether there is a cluster: runs, schedules, quarantine and silos.</summary>
    public bool HasCluster { get; init; }

    /// <summary>Path of Orleans' own dashboard; null where it is not served.</summary>
    public string? OrleansPath { get; init; }
}
