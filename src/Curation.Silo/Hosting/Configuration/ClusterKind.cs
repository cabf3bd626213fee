namespace Curation.Silo.Hosting.Configuration;

/// <summary>Where membership, reminders and small state live.</summary>
internal enum ClusterKind
{
    /// <summary>One silo on loopback with files beside it; no server.</summary>
    Local,

    /// <summary>Redis: the tested default of a cluster.</summary>
    Redis,

    /// <summary>PostgreSQL, prepared with Orleans' own scripts.</summary>
    Postgres,
}
