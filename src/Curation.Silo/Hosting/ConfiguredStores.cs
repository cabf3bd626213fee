using Curation.Silo.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Silo.Hosting;

/// <summary>Registers how stores of blobs are reached.</summary>
internal static class ConfiguredStores
{
    /// <summary>Adds what section <c>Curate:Blob</c> says. Before the pipeline, which adds defaults.</summary>
    public static IServiceCollection AddConfiguredStores(this IServiceCollection services, CurateSettings settings) => services.AddSingleton(settings.Blob);
}
