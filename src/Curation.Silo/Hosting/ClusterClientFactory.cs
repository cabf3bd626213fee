using Curation.Grains;
using Curation.Silo.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Runtime.Messaging;

namespace Curation.Silo.Hosting;

/// <summary>Connects a command to a cluster, or says why not: <see cref="GatewayPatience"/> has how soon.</summary>
internal static class ClusterClientFactory
{
    // One attempt; how many there are is the patience's to say.
    private static readonly TimeSpan OpenConnection = TimeSpan.FromSeconds(5);

    /// <summary>Connects.</summary>
    /// <param name="cluster">The value of <c>--cluster</c>; null or empty for what is configured, else the gateway on loopback.</param>
    /// <param name="notices">Where a long wait is told.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ConfigurationException">The address or the configuration is wrong; all faults at once.</exception>
    /// <exception cref="ClusterUnreachableException">Nobody answers.</exception>
    public static async Task<ClusterConnection> ConnectAsync(string? cluster, TextWriter notices, CancellationToken cancellationToken)
    {
        var address = ClusterAddress.Parse(cluster, CurateSettings.Read(CurateConfiguration.Build([], null)));
        if (address.Gateway is null && await ClusterStoreCheck.FindFaultAsync(address.Settings, cancellationToken) is { } fault) throw new ClusterUnreachableException(fault);

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "curate" });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.AddSingleton(notices);
        builder.UseOrleansClient(client =>
        {
            client.UseCurationCluster(address.Settings, address.Gateway);
            client.Configure<ConnectionOptions>(options => options.OpenConnectionTimeout = OpenConnection);
            client.UseConnectionRetryFilter<GatewayPatience>();
        });

        var host = builder.Build();
        try
        {
            await host.StartAsync(cancellationToken).WaitAsync(GatewayPatience.WhereSomebodyListens + OpenConnection, cancellationToken);
            return new ClusterConnection(host, address.Name);
        }
        catch (Exception away) when (!cancellationToken.IsCancellationRequested && away is OperationCanceledException or TimeoutException or OrleansException or ConnectionFailedException or InvalidOperationException or System.Net.Sockets.SocketException)
        {
            host.Dispose();
            throw new ClusterUnreachableException(
                $"no silo of cluster '{address.Settings.ClusterId}' answers at {address.Name}. Start one with 'curate silo', or name the cluster with --cluster redis://HOST:PORT[/CLUSTER_ID] or --cluster HOST:PORT (a silo's gateway).");
        }
    }

    /// <summary>Connects and does something; an address nobody answers at is told on the errors and ends with <see cref="ExitCodes.Wrong"/>.</summary>
    public static async Task<int> UseAsync(string? cluster, TextWriter errors, Func<ClusterConnection, Task<int>> work, CancellationToken cancellationToken)
    {
        ClusterConnection connection;
        try
        {
            connection = await ConnectAsync(cluster, errors, cancellationToken);
        }
        catch (ConfigurationException wrong)
        {
            foreach (var fault in wrong.Faults) await errors.WriteLineAsync($"curate: {fault}");
            await errors.WriteLineAsync("Nothing was started.");
            return ExitCodes.Wrong;
        }
        catch (ClusterUnreachableException away)
        {
            await errors.WriteLineAsync($"curate: {away.Message}");
            await errors.WriteLineAsync("Nothing was started.");
            return ExitCodes.Wrong;
        }

        await using (connection)
        {
            try
            {
                return await work(connection);
            }
            catch (Exception lost) when (ClusterTrouble.Is(lost))
            {
                await errors.WriteLineAsync($"curate: the cluster at {connection.Address} does not answer: {lost.Message} What was asked may have been done; look with: curate runs list --cluster {connection.Address}");
                return ExitCodes.Failed;
            }
        }
    }
}
