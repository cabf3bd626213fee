using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Curation.Silo.Hosting;

/// <summary>A client's connection to a cluster.</summary>
internal sealed class ClusterConnection : IAsyncDisposable
{
    private readonly IHost _host;

    internal ClusterConnection(IHost host, string address)
    {
        _host = host;
        Address = address;
        Grains = host.Services.GetRequiredService<IClusterClient>();
    }

    /// <summary>The cluster as people name it, without secrets: <c>redis://HOST:PORT/CLUSTER_ID</c> or <c>HOST:PORT</c>.</summary>
    public string Address { get; }

    /// <summary>Finds grains in the cluster.</summary>
    public IGrainFactory Grains { get; }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
