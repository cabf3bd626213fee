using Npgsql;
using Orleans.Persistence.Redis;
using Orleans.Serialization;
using StackExchange.Redis;

namespace Curation.Silo.Cluster;

/// <summary>Tells a cluster that is in trouble, its silos changing places or its server away, from a command that is wrong.</summary>
internal static class ClusterTrouble
{
    /// <summary>Whether the same question may be answered later.</summary>
    public static bool Is(Exception error) =>
        error is OrleansException or TimeoutException or RedisStorageException or RedisException or NpgsqlException or UnavailableExceptionFallbackException;
}
