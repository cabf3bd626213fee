using Curation.Media;
using Curation.Models;
using Curation.Pipeline.Analysis;
using Curation.Pipeline.Captions;
using Curation.Pipeline.Modelling;
using Curation.Pipeline.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Pipeline;

/// <summary>Registers the pipeline.</summary>
public static class CurationPipelineServices
{
    /// <summary>Adds the pipeline and the media tools it runs.</summary>
    /// <param name="services">The services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCurationPipeline(this IServiceCollection services) => services
        .AddCurationMedia()
        .AddCurationModels()
        .AddSingleton<SourceRegister>()
        .AddSingleton<SourceAnalyser>()
        .AddSingleton(_ => new CutGate(Environment.ProcessorCount))
        .AddSingleton<ModelSets>()
        .AddSingleton<ModelBatches>()
        .AddSingleton<IModelBatches>(provider => provider.GetRequiredService<ModelBatches>())
        .AddSingleton<ModelStages>()
        .AddSingleton<ShotModels>()
        .AddSingleton<ClipCaptions>()
        .AddSingleton<ClipFinisher>()
        .AddSingleton<SnapshotStage>()
        .AddSingleton<ICuratePipeline, CuratePipeline>();
}
