using System.Reflection;
using Curation.Silo.Hosting.Configuration;
using Npgsql;
using StackExchange.Redis;

namespace Curation.Silo.Hosting;

/// <summary>Asks the cluster's server whether it is there and prepared, before a silo starts that would fail with less to say.</summary>
internal static class ClusterStoreCheck
{
    // Those of other versions name columns and queries that this one does not know.
    private static readonly string Scripts =
        $"https://github.com/dotnet/orleans/tree/v{typeof(Grain).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]}/src/AdoNet";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    // Orleans names them without quotes, so PostgreSQL folds them to lower case.
    private static readonly (string Table, string Script)[] PostgresTables =
    [
        ("orleansquery", "Shared/PostgreSQL-Main.sql"),
        ("orleansmembershipversiontable", "Orleans.Clustering.AdoNet/PostgreSQL-Clustering.sql"),
        ("orleansmembershiptable", "Orleans.Clustering.AdoNet/PostgreSQL-Clustering.sql"),
        ("orleansstorage", "Orleans.Persistence.AdoNet/PostgreSQL-Persistence.sql"),
        ("orleansreminderstable", "Orleans.Reminders.AdoNet/PostgreSQL-Reminders.sql"),
    ];

    /// <summary>What is wrong with the server, and what to do; null where it can be used.</summary>
    public static Task<string?> FindFaultAsync(ClusterSettings cluster, CancellationToken cancellationToken) => cluster.Kind switch
    {
        ClusterKind.Redis => FindRedisFaultAsync(cluster),
        ClusterKind.Postgres => FindPostgresFaultAsync(cluster, cancellationToken),
        _ => Task.FromResult<string?>(null),
    };

    private static async Task<string?> FindRedisFaultAsync(ClusterSettings cluster)
    {
        var options = ClusterWiring.RedisOptions(cluster);
        var place = string.Join(", ", options.EndPoints.Select(Name));
        options.ConnectTimeout = (int)Patience.TotalMilliseconds;
        options.ConnectRetry = 1;
        options.AbortOnConnectFail = true;
        try
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync(options);
            await redis.GetDatabase().PingAsync();
            return null;
        }
        catch (RedisException wrong)
        {
            // Its message is long and speaks of pools; what matters is which of the two it is.
            return wrong.Message.Contains("NOAUTH", StringComparison.Ordinal) || wrong.Message.Contains("WRONGPASS", StringComparison.Ordinal) || wrong is RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure }
                ? $"Redis at {place} refused the credentials. Put the password into Curate__Cluster__ConnectionString (HOST:PORT,password=...)."
                : $"Redis at {place} does not answer. Start it, or correct Curate:Cluster:ConnectionString.";
        }
    }

    private static async Task<string?> FindPostgresFaultAsync(ClusterSettings cluster, CancellationToken cancellationToken)
    {
        var builder = new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Timeout = (int)Patience.TotalSeconds, CommandTimeout = (int)Patience.TotalSeconds };
        var place = $"{builder.Host}:{builder.Port}, database {builder.Database ?? builder.Username}";
        try
        {
            await using var source = NpgsqlDataSource.Create(builder);
            await using var command = source.CreateCommand("select name from unnest($1) as name where to_regclass(name) is null");
            command.Parameters.AddWithValue(PostgresTables.Select(entry => entry.Table).ToArray());
            var missing = new List<string>();
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken)) missing.Add(rows.GetString(0));

            if (missing.Count == 0) return null;

            var scripts = PostgresTables.Where(entry => missing.Contains(entry.Table)).Select(entry => entry.Script).Distinct();
            return $"PostgreSQL at {place} lacks Orleans' tables {string.Join(", ", missing)}. Run Orleans' own scripts on it, in this order: {string.Join(", ", scripts)}; they are published below {Scripts} (take the tag of the Orleans version in Directory.Packages.props).";
        }
        catch (PostgresException refused)
        {
            return $"PostgreSQL at {place} refused: {refused.MessageText} ({refused.SqlState}). Correct Curate:Cluster:ConnectionString.";
        }
        catch (Exception away) when (away is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
        {
            return $"PostgreSQL at {place} does not answer. Start it, or correct Curate:Cluster:ConnectionString.";
        }
    }

    private static string Name(System.Net.EndPoint endPoint) => endPoint is System.Net.DnsEndPoint dns ? $"{dns.Host}:{dns.Port}" : endPoint.ToString() ?? "";
}
