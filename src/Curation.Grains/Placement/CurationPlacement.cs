using Microsoft.Extensions.DependencyInjection;
using Orleans.Placement;

namespace Curation.Grains.Placement;

/// <summary>Registers placement by role.</summary>
public static class CurationPlacement
{
    /// <summary>Lets <see cref="RoleAttribute"/> work. Without silo metadata every silo has every role.</summary>
    /// <param name="services">The silo's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCurationPlacement(this IServiceCollection services)
    {
        services.AddPlacementFilter<RoleFilterStrategy, RoleFilterDirector>(ServiceLifetime.Transient);
        return services;
    }
}
