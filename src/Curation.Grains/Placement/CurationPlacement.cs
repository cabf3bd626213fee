using Curation.Grains.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Placement;

namespace Curation.Grains.Placement;

/// <summary>Registers placement by role, metrics and the drain.</summary>
public static class CurationPlacement
{
    /// <summary>Lets <see cref="RoleAttribute"/> work, and the grains count. Without silo metadata every silo has every role.</summary>
    /// <param name="services">The services of a silo or a client.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCurationPlacement(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CurationMetrics>();
        services.AddPlacementFilter<RoleFilterStrategy, RoleFilterDirector>(ServiceLifetime.Transient);
        return services;
    }

    /// <summary>Counts the sources in work and lets a silo drain. After whatever makes sources wait for their turn, so that waiting is no work.</summary>
    /// <param name="services">A silo's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSourceDrain(this IServiceCollection services)
    {
        services.AddSingleton<SiloDrain>();
        services.AddSingleton<IIncomingGrainCallFilter, SourceDrainFilter>();
        return services;
    }
}
