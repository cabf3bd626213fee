using Curation.Media.Analysis;
using Curation.Media.Cutting;
using Curation.Media.Probing;
using Curation.Media.Processes;
using Curation.Media.Reading;
using Curation.Media.Writing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Curation.Media;

/// <summary>Registers this project.</summary>
public static class CurationMedia
{
    /// <summary>Adds the probe, the analysis stream, the cutter, the skew probe, and the reader and the writer of clips.</summary>
    /// <param name="services">Where to.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCurationMedia(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => new FfmpegTools());
        services.TryAddSingleton<MediaProbe>();
        services.TryAddSingleton<AnalysisStream>();
        services.TryAddSingleton<ContainerSkewProbe>();
        services.TryAddSingleton<ClipCutter>();
        services.TryAddSingleton<ClipReader>();
        services.TryAddSingleton<ClipWriter>();
        return services;
    }
}
