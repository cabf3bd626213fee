using System.Globalization;
using System.Net;
using Curation.Grains;
using Curation.Grains.FileState;
using Curation.Grains.Placement;
using Curation.Grains.Schedules;
using Curation.Grains.Training;
using Curation.Silo.Hosting.Configuration;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Persistence;
using Orleans.Runtime.MembershipService.SiloMetadata;
using StackExchange.Redis;

namespace Curation.Silo.Hosting;

/// <summary>Joins a silo or a client to the configured cluster.</summary>
internal static class ClusterWiring
{
    private const string PostgresInvariant = "Npgsql";

    // A source or a clip sets its own limit; this one is for all other calls.
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromMinutes(5);

    // A film may take hours. Orleans gives an activation up whose call goes on for longer than this while another one waits,
    // and would have the film done twice.
    private static readonly TimeSpan LongestSource = TimeSpan.FromDays(1);

    /// <summary>Wires a silo: membership, reminders, small state, roles and timeouts.</summary>
    public static ISiloBuilder UseCurationCluster(this ISiloBuilder silo, CurateSettings settings)
    {
        var (cluster, self) = (settings.Cluster, settings.Silo);
        silo.Configure<Orleans.Configuration.ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
        switch (cluster.Kind)
        {
            case ClusterKind.Redis:
                silo.UseRedisClustering(options => options.ConfigurationOptions = RedisOptions(cluster));
                silo.UseRedisReminderService(options => options.ConfigurationOptions = RedisOptions(cluster));
                silo.AddRedisGrainStorage(CurationGrains.StateStorage, (RedisStorageOptions options) =>
                {
                    options.ConfigurationOptions = RedisOptions(cluster);
                    options.DeleteStateOnClear = true;
                    options.GrainStorageSerializer = new StateSerializer();
                });
                break;
            case ClusterKind.Postgres:
                silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (PostgresInvariant, cluster.ConnectionString));
                silo.UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (PostgresInvariant, cluster.ConnectionString));
                silo.AddAdoNetGrainStorage(CurationGrains.StateStorage, (AdoNetGrainStorageOptions options) =>
                {
                    (options.Invariant, options.ConnectionString) = (PostgresInvariant, cluster.ConnectionString);
                    options.GrainStorageSerializer = new StateSerializer();
                });
                break;
            default:
                silo.UseLocalhostClustering(self.SiloPort, self.GatewayPort, null, cluster.ServiceId, cluster.ClusterId);
                silo.AddFileGrainStorage(CurationGrains.StateStorage, self.StateFolder);
                silo.UseFileReminders(self.StateFolder);
                break;
        }

        silo.ConfigureEndpoints(self.AdvertisedAddress, self.SiloPort, self.GatewayPort, listenOnAnyHostAddress: false);
        silo.Configure<EndpointOptions>(options =>
        {
            options.SiloListeningEndpoint = new IPEndPoint(self.ListenAddress, self.SiloPort);
            options.GatewayListeningEndpoint = new IPEndPoint(self.ListenAddress, self.GatewayPort);
        });
        silo.UseSiloMetadata(new Dictionary<string, string>(SiloRoles.ToMetadata(self.Roles)) { [SiloCapacity.MetadataKey] = self.Sources.ToString(CultureInfo.InvariantCulture) });

        // A source's span goes on where its clips are finished.
        silo.AddActivityPropagation();

        // The drain after the gate that makes sources wait for their turn: one that waits is not in work.
        silo.Services.AddCurationGrains().AddDurableRuns(self.Sources).AddSourceDrain().AddSchedules().AddTraining();
        silo.Configure<SiloMessagingOptions>(options => (options.ResponseTimeout, options.MaxRequestProcessingTime) = (ResponseTimeout, LongestSource));
        silo.Configure<GrainCollectionOptions>(options => options.CollectionQuantum = TimeSpan.FromMinutes(1));
        silo.Configure<ClusterMembershipOptions>(SiloMembership.Configure);
        return silo;
    }

    /// <summary>Wires a client: finds gateways by the cluster's membership, or at one address.</summary>
    public static IClientBuilder UseCurationCluster(this IClientBuilder client, ClusterSettings cluster, IPEndPoint? gateway)
    {
        client.Configure<Orleans.Configuration.ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
        if (gateway is not null) client.UseStaticClustering(gateway);
        else if (cluster.Kind == ClusterKind.Redis) client.UseRedisClustering(options => options.ConfigurationOptions = RedisOptions(cluster));
        else client.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (PostgresInvariant, cluster.ConnectionString));

        client.Services.AddCurationGrains();
        return client;
    }

    /// <summary>How Redis is reached.</summary>
    public static ConfigurationOptions RedisOptions(ClusterSettings cluster)
    {
        var options = ConfigurationOptions.Parse(cluster.ConnectionString!);
        options.ClientName = "curate";
        return options;
    }
}
