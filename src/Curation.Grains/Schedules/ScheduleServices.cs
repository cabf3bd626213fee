using Microsoft.Extensions.DependencyInjection;

namespace Curation.Grains.Schedules;

/// <summary>Registers what schedules need with a silo.</summary>
public static class ScheduleServices
{
    /// <summary>Keeps schedules awake. The silo must have reminders and the grain storage <see cref="CurationGrains.StateStorage"/>.</summary>
    /// <param name="services">The silo's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSchedules(this IServiceCollection services) => services.AddHostedService<ScheduleKeeper>();
}
