using Curation.Dataset.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Curation.Dataset;

/// <summary>Registration of the data set.</summary>
public static class DatasetServices
{
    /// <summary>Registers <see cref="DatasetOpener"/> and the store for local folders.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">Sizes of shards; null for the defaults.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddCurationDataset(this IServiceCollection services, SnapshotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(options ?? new SnapshotOptions());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDatasetStoreProvider, LocalDatasetStoreProvider>());
        services.TryAddSingleton<DatasetOpener>();
        return services;
    }
}
