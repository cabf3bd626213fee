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
        // The shared nouns stay free of Orleans: they travel as JSON, which is also how they are stored. Exceptions cannot: Orleans has a form of its own for them.
        services.AddSerializer(serializer => serializer.AddJsonSerializer(type => IsOurs(type) && !typeof(IAddressable).IsAssignableFrom(type) && !typeof(Exception).IsAssignableFrom(type)));
        services.Configure<ExceptionSerializationOptions>(exceptions => exceptions.SupportedExceptionTypeFilter = IsOurs);
        services.AddSingleton<IModelBatches, GrainModelBatches>();
        return services;
    }

    private static bool IsOurs(Type type) => type.Namespace is { } name && (name == "Curation" || name.StartsWith("Curation.", StringComparison.Ordinal));
}
