using Microsoft.Extensions.DependencyInjection;

namespace Curation.Grains.Training;

/// <summary>Registers trainings.</summary>
public static class TrainingServices
{
    /// <summary>Makes trainings outlive the silos they are on. How trainers are started comes with the pipeline.</summary>
    /// <param name="services">The services of a silo.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddTraining(this IServiceCollection services) => services.AddHostedService<TrainingKeeper>();
}
