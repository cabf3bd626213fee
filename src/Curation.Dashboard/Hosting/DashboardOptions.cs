using Curation.Dashboard.Security;

namespace Curation.Dashboard.Hosting;

/// <summary>What a dashboard serves, and to whom.</summary>
public sealed record DashboardOptions
{
    /// <summary>Addresses of data sets to serve beside those that the cluster's runs write.</summary>
    public IReadOnlyList<string> Datasets { get; init; } = [];

    /// <summary>Whether there is a cluster: runs, schedules and silos. Its grains and an <see cref="Cluster.IClusterSubmission"/> must be registered then.</summary>
    public bool HasCluster { get; init; }

    /// <summary>Path of Orleans' own dashboard; null where it is not served.</summary>
    public string? OrleansPath { get; init; }

    /// <summary>Who may use it.</summary>
    public DashboardAccess Access { get; init; } = new();
}
