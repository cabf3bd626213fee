using Curation.Grains.Placement;
using Curation.Pipeline.Modelling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Serialization;

namespace Curation.Grains;

/// <summary>Registers what the grains need with a silo or a client.</summary>
public static class CurationGrains
{
    /// <summary>
    /// Name of the grain storage for small state, which every silo must have: Redis, PostgreSQL or files where runs are to outlive processes;
    /// in memory for a single run, whose data set is the truth anyway.
    /// </summary>
    public const string StateStorage = "curation";

    private const string Nouns = "Curation.";

    /// <summary>Adds what the grains need.</summary>
    /// <param name="services">The services of a silo or a client.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCurationGrains(this IServiceCollection services)
    {
        services.AddCurationPlacement();

        // The shared nouns stay free of Orleans: they travel as JSON, which is also how they are stored.
        services.AddSerializer(serializer => serializer.AddJsonSerializer(
            type => type.Namespace?.StartsWith(Nouns, StringComparison.Ordinal) == true && !typeof(IAddressable).IsAssignableFrom(type) && !typeof(Exception).IsAssignableFrom(type)));

        // Exceptions are no nouns: Orleans carries them, so that trouble of a store is known as such on the silo of the run.
        services.Configure<ExceptionSerializationOptions>(exceptions => exceptions.SupportedNamespacePrefixes.Add(Nouns));
        services.AddSingleton<IModelBatches, GrainModelBatches>();
        services.AddOptions();
        services.TryAddSingleton<ISiloRoster, SiloRoster>();
        return services;
    }

    /// <summary>Makes a silo's runs outlive it: other silos take them up, troubles of the store are waited for, and its capacity is kept.</summary>
    /// <param name="services">The services of a silo.</param>
    /// <param name="sources">Sources at once on this silo, of all runs together. Its metadata should say the same under <see cref="SiloCapacity.MetadataKey"/>.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddDurableRuns(this IServiceCollection services, int sources)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sources, 1);

        services.Configure<SiloCapacity>(capacity => capacity.Sources = sources);
        services.Configure<RunOptions>(options => options.PausesOnStoreTrouble = true);
        services.AddSingleton<IIncomingGrainCallFilter, SourceGateFilter>();
        services.AddHostedService<RunKeeper>();
        return services;
    }
}
