using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Curation.Grains.Tests;

/// <summary>Silos that have nothing but the grains, and a client outside of them.</summary>
internal static class GrainCluster
{
    /// <summary>Starts one.</summary>
    /// <param name="silos">How many silos.</param>
    /// <param name="with">What the grains need beside them.</param>
    public static async Task<InProcessTestCluster> StartAsync(short silos, Action<ISiloBuilder> with)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddCurationGrains();
            with(silo);
        });
        builder.ConfigureClient(client => client.Services.AddCurationGrains());
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    /// <summary>Gives a silo a pipeline and a clock.</summary>
    public static void AddPipeline(this ISiloBuilder silo, FakePipeline pipeline)
    {
        silo.Services.AddSingleton<Curation.Pipeline.ICuratePipeline>(pipeline);
        silo.Services.AddSingleton(TimeProvider.System);
    }
}
