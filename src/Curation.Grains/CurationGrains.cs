using Curation.Grains.Placement;
using Curation.Pipeline.Modelling;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Curation.Grains;

/// <summary>Registers what the grains need with a silo or a client.</summary>
public static class CurationGrains
{
    /// <summary>Adds what the grains need.</summary>
    /// <param name="services">The silo's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCurationGrains(this IServiceCollection services)
    {
        services.AddCurationPlacement();

        // The shared nouns stay free of Orleans: they travel as JSON, which is also how they are stored.
        services.AddSerializer(serializer => serializer.AddJsonSerializer(
            type => type.Namespace?.StartsWith("Curation.", StringComparison.Ordinal) == true && !typeof(IAddressable).IsAssignableFrom(type)));
        services.AddSingleton<IModelBatches, GrainModelBatches>();
        return services;
    }
}
