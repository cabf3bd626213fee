using Curation.Dataset;
using Curation.Media;
using Curation.Models;
using Curation.Pipeline.Analysis;
using Curation.Pipeline.Browsing;
using Curation.Pipeline.Budgets;
using Curation.Pipeline.Captions;
using Curation.Pipeline.Modelling;
using Curation.Pipeline.Rejudging;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Scratch;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Storage;
using Curation.Pipeline.Training;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Curation.Pipeline;

/// <summary>Registers the pipeline.</summary>
public static class CurationPipelineServices
{
    /// <summary>Adds the pipeline and the media tools it runs. Register <see cref="ScratchOptions"/> or <see cref="MemoryOptions"/> before for another scratch folder or budget, and stores for other kinds of addresses.</summary>
    /// <param name="services">The services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCurationPipeline(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<ScratchOptions>();
        services.TryAddSingleton<MemoryOptions>();
        services.TryAddSingleton<TrainerOptions>();
        services.TryAddSingleton<ClipCacheOptions>();
        return services.AddCurationMedia().AddCurationModels().AddCurationDataset().AddStages();
    }

    private static IServiceCollection AddStages(this IServiceCollection services) => services
        .AddSingleton<DatasetStores>()
        .AddSingleton<OutputLocks>()
        .AddSingleton<ObjectSources>()
        .AddSingleton<ScratchSpace>()
        .AddSingleton<MemoryBudget>()
        .AddSingleton<SourceMedia>()
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
        .AddSingleton<DatasetRejudger>()
        .AddSingleton<ClipFiles>()
        .AddSingleton<ClipCurveReader>()
        .AddSingleton<ITrainerLauncher, TrainerLauncher>()
        .AddSingleton<ICuratePipeline, CuratePipeline>();
}
