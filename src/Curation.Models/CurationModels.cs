using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Curation.Models;

/// <summary>Registers this project.</summary>
public static class CurationModels
{
    /// <summary>Adds the model slots.</summary>
    /// <param name="services">Where to.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCurationModels(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }
}
