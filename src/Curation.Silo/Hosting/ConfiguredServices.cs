using Curation.Silo.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Silo.Hosting;

/// <summary>Registers what silos, runs in one process and their checks are told by the same settings.</summary>
internal static class ConfiguredServices
{
    /// <summary>Adds how blobs are reached, on what models run and which trainer is started. Before the pipeline, which adds defaults.</summary>
    public static IServiceCollection AddConfigured(this IServiceCollection services, CurateSettings settings) => services.AddSingleton(settings.Blob).AddSingleton(settings.Models).AddSingleton(settings.Trainer);
}
