using System.Net;
using System.Net.Sockets;
using Curation.Grains;
using Curation.Pipeline;
using Curation.Silo.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Orleans.Configuration;

namespace Curation.Silo.Hosting;

/// <summary>The whole cluster in this process: one silo on loopback, no server, nothing in memory that a killed run would miss.</summary>
internal static class EmbeddedSilo
{
    /// <summary>Starts the silo.</summary>
    /// <param name="settings">How stores are reached and on what models run; what they say of a cluster is for others.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<IHost> StartAsync(CurateSettings settings, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "curate" });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Orleans", LogLevel.Error);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);

        // The command handles Ctrl-C itself: it cancels the run before the silo goes down.
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddConfigured(settings);
        builder.Services.AddCurationPipeline();
        builder.UseOrleans(silo =>
        {
            var (siloPort, gatewayPort) = (FreePort(), FreePort());
            silo.UseLocalhostClustering(siloPort, gatewayPort);
            silo.Services.AddCurationGrains();

            // A single run needs no state that outlives it: its data set is the truth.
            silo.AddMemoryGrainStorage(CurationGrains.StateStorage);
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMinutes(5));
            silo.Configure<GrainCollectionOptions>(options => options.CollectionQuantum = TimeSpan.FromMinutes(1));
        });

        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return host;
    }

    // Two runs on one machine must not meet on one port.
    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
