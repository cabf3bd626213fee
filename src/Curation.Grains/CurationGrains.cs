using Orleans.Hosting;
using Orleans.Serialization;

namespace Curation.Grains;

/// <summary>Registers the grains' needs with a silo.</summary>
public static class CurationGrains
{
    /// <summary>Adds what the grains need.</summary>
    /// <param name="silo">The silo.</param>
    /// <returns>The same silo.</returns>
    public static ISiloBuilder AddCurationGrains(this ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);

        // The shared nouns stay free of Orleans: they travel as JSON, which is also how they are stored.
        silo.Services.AddSerializer(serializer => serializer.AddJsonSerializer(
            type => type.Namespace?.StartsWith("Curation.", StringComparison.Ordinal) == true && !typeof(IAddressable).IsAssignableFrom(type)));
        return silo;
    }
}
