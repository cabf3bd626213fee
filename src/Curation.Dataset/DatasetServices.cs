using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Curation.Dataset.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Curation.Dataset;

/// <summary>Registration of the data set.</summary>
public static class DatasetServices
{
    /// <summary>Registers <see cref="DatasetOpener"/>, the stores for local folders and for blobs, and blobs as sources. Register <see cref="BlobOptions"/> before to configure accounts.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">Sizes of shards; null for the defaults.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddCurationDataset(this IServiceCollection services, SnapshotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(options ?? new SnapshotOptions());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDatasetStoreProvider, LocalDatasetStoreProvider>());
        services.TryAddSingleton(new BlobOptions());
        services.TryAddSingleton(provider => new BlobAccounts(provider.GetRequiredService<BlobOptions>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDatasetStoreProvider, BlobDatasetStoreProvider>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IObjectSource, BlobObjectSource>());
        services.TryAddSingleton<DatasetOpener>();
        return services;
    }
}
