using Curation.Models.Catalogue;
using Curation.Models.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Curation.Models;

/// <summary>Registers this project.</summary>
public static class CurationModels
{
    /// <summary>Adds the model slots. Without <see cref="ModelOptions"/> among the services no models folder is in use and every slot is absent.</summary>
    /// <param name="services">Where to.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCurationModels(this IServiceCollection services)
    {
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => ModelCatalog.LoadEmbedded());
        services.TryAddSingleton(new ModelOptions());
        services.TryAddSingleton(new PullOptions());
        services.TryAddSingleton<SlotRegistry>();
        services.TryAddSingleton<ModelChecker>();
        services.TryAddSingleton<ModelPuller>();

        // Redirects are followed by hand, so that every hop is held to https; the puller alone tries again.
        services.AddHttpClient(ModelPuller.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(30) });
        return services;
    }
}
