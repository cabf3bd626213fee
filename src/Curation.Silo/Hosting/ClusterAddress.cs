using System.Net;
using System.Net.Sockets;
using Curation.Silo.Hosting.Configuration;
using StackExchange.Redis;

namespace Curation.Silo.Hosting;

/// <summary>What <c>--cluster</c> names: <c>redis://HOST:PORT[/CLUSTER_ID]</c>, a gateway's <c>HOST:PORT</c>, or what is configured.</summary>
/// <param name="Settings">The cluster to join as a client.</param>
/// <param name="Gateway">The one gateway to ask; null to find gateways by the cluster's membership.</param>
/// <param name="Name">How people name it, without secrets.</param>
internal sealed record ClusterAddress(ClusterSettings Settings, IPEndPoint? Gateway, string Name)
{
    private const string RedisScheme = "redis";
    private const int RedisPort = 6379;

    /// <summary>Understands an address.</summary>
    /// <exception cref="ConfigurationException">It is no address.</exception>
    public static ClusterAddress Parse(string? text, CurateSettings configured)
    {
        if (string.IsNullOrWhiteSpace(text)) return FromConfiguration(configured);
        if (text.Contains("://", StringComparison.Ordinal)) return FromRedis(text, configured.Cluster);

        var colon = text.LastIndexOf(':');
        if (colon < 1 || !int.TryParse(text[(colon + 1)..], out var port) || port is < 1 or > IPEndPoint.MaxPort) throw Wrong(text);

        return new ClusterAddress(configured.Cluster, new IPEndPoint(Resolve(text[..colon].Trim('[', ']'), text), port), text);
    }

    private static ClusterAddress FromConfiguration(CurateSettings configured)
    {
        var cluster = configured.Cluster;
        switch (cluster.Kind)
        {
            case ClusterKind.Redis:
                var first = ConfigurationOptions.Parse(cluster.ConnectionString!).EndPoints[0];
                return new ClusterAddress(cluster, null, $"{RedisScheme}://{(first is DnsEndPoint dns ? $"{dns.Host}:{dns.Port}" : first)}/{cluster.ClusterId}");
            case ClusterKind.Postgres:
                return new ClusterAddress(cluster, null, $"PostgreSQL at {new Npgsql.NpgsqlConnectionStringBuilder(cluster.ConnectionString).Host}, cluster {cluster.ClusterId}");
            default:
                var gateway = new IPEndPoint(configured.Silo.AdvertisedAddress, configured.Silo.GatewayPort);
                return new ClusterAddress(cluster, gateway, gateway.ToString());
        }
    }

    private static ClusterAddress FromRedis(string text, ClusterSettings configured)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != RedisScheme || url.Host.Length == 0 || url.AbsolutePath.Trim('/').Contains('/')) throw Wrong(text);
        if (url.UserInfo.Length > 0) throw new ConfigurationException([$"--cluster: holds credentials, which other users of this machine could read; put them into Curate__Cluster__ConnectionString, and give redis://{url.Host} only."]);

        // Password and TLS of a configured Redis go on applying; the address and the name are the user's.
        var options = configured is { Kind: ClusterKind.Redis, ConnectionString: { } known } ? ConfigurationOptions.Parse(known) : new ConfigurationOptions();
        options.EndPoints.Clear();
        options.EndPoints.Add(url.Host, url.Port > 0 ? url.Port : RedisPort);
        var clusterId = url.AbsolutePath.Trim('/') is { Length: > 0 } named ? Uri.UnescapeDataString(named) : configured.ClusterId;
        var settings = configured with { Kind = ClusterKind.Redis, ConnectionString = options.ToString(includePassword: true), ClusterId = clusterId };
        return new ClusterAddress(settings, null, $"{RedisScheme}://{url.Host}:{(url.Port > 0 ? url.Port : RedisPort)}/{clusterId}");
    }

    private static IPAddress Resolve(string host, string text)
    {
        if (IPAddress.TryParse(host, out var address)) return address;

        try
        {
            var found = Dns.GetHostAddresses(host);
            return found.FirstOrDefault(one => one.AddressFamily == AddressFamily.InterNetwork) ?? found.FirstOrDefault() ?? throw Wrong(text);
        }
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            throw new ConfigurationException([$"--cluster {text}: '{host}' resolves to no address."]);
        }
    }

    private static ConfigurationException Wrong(string text) =>
        new([$"--cluster {text}: is no cluster's address; give redis://HOST:PORT[/CLUSTER_ID] or a silo's gateway as HOST:PORT."]);
}
