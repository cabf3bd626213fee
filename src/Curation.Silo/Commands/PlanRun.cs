using Curation.Dataset.Snapshots;
using Curation.Grains;
using Curation.Models.Running;
using Curation.Pipeline.Planning;
using Curation.Pipeline.Policies;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Storage;
using Curation.Pipeline.Telemetry;
using Curation.Silo.Hosting;
using Curation.Silo.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Curation.Silo.Commands;

/// <summary>Plans one run from its checks to its exit code.</summary>
internal sealed class PlanRun(TextWriter output, TextWriter errors, TimeProvider time)
{
    private const string EndpointVersion = "endpoint";

    private static readonly string[] Stages = [StageTraces.Fetch, StageTraces.Analyse, StageTraces.Models, StageTraces.Cut, StageTraces.Commit, StageTraces.Snapshot];

    public async Task<int> ExecuteAsync(PlanArguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            using var folder = PlanFolder.Take();
            return await PlanAsync(arguments, folder, cancellationToken);
        }
        catch (ConfigurationException wrong)
        {
            return await RefuseAsync(wrong.Faults);
        }
        catch (SourceInputException wrong)
        {
            return await RefuseAsync([$"--input: {wrong.Message.TrimEnd('.')}."]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"curate: the plan could not be made: {failure.Message}");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync(arguments.Keep is { } keep ? $"curate: cancelled; there is no forecast. What was curated is in {keep}." : "curate: cancelled; there is no forecast, and nothing was kept.");
            return ExitCodes.Cancelled;
        }
    }

    private async Task<int> PlanAsync(PlanArguments arguments, PlanFolder folder, CancellationToken cancellationToken)
    {
        var settings = CurateSettings.ReadHere();
        var dataset = arguments.Keep ?? Path.Combine(folder.Path, "dataset");
        var (plan, prices, faults) = await PlanPreparation.PrepareAsync(arguments, dataset, RunName.Next(time), settings, cancellationToken);
        if (plan is null) return await RefuseAsync(faults);

        var silo = await EmbeddedSilo.StartAsync(settings, CancellationToken.None);
        try
        {
            var sample = new PlanSample(silo, plan, folder, output, errors, time);
            var design = await sample.DrawAsync(arguments, cancellationToken);
            if (design.Sampled == 0) return await NothingToReadAsync(design);

            await errors.WriteLineAsync(string.Create(null, $"curating {design.Sampled} of {design.Listed} sources"));
            return await ForecastAsync(silo, arguments, plan, prices, sample, design, settings, cancellationToken);
        }
        finally
        {
            await silo.StopAsync(CancellationToken.None);
            silo.Dispose();
        }
    }

    private async Task<int> ForecastAsync(
        IHost silo, PlanArguments arguments, RunPlan plan, PriceTable? prices, PlanSample sample, SampleDesign design, CurateSettings settings, CancellationToken cancellationToken)
    {
        using var watch = new StageWatch(time);
        await sample.WarmUpAsync(design, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        watch.Clear();

        var (started, usedBefore) = (time.GetTimestamp(), ProcessorTime.Seconds());
        var progress = await sample.CurateAsync(design, arguments.Json, cancellationToken);
        if (progress.State == RunState.Cancelled) throw new OperationCanceledException(cancellationToken);
        if (progress.State == RunState.Failed)
        {
            await errors.WriteLineAsync($"curate: the sample could not be curated: {progress.Error}");
            return ExitCodes.Failed;
        }

        var usesGpu = plan.Models.Any(model => model.Version != EndpointVersion && settings.Models.DeviceOf(model.Slot).Provider != ModelProvider.Cpu);
        var costs = new SampleCosts(time.GetElapsedTime(started).TotalSeconds, ProcessorTime.Seconds() - usedBefore, usesGpu);
        var stores = silo.Services.GetRequiredService<DatasetStores>();
        var sources = await SampleReader.ReadAsync(stores.Of(plan.Output), design, watch, costs, cancellationToken);
        var basis = new PlanCosts(arguments.Cores ?? Environment.ProcessorCount, Utilisation(costs), plan.Models.Any(model => model.Version == EndpointVersion), prices);
        var forecast = PlanForecaster.Forecast(design, sources, basis);
        var drift = arguments.Against is { } against ? await CompareAsync(stores, against, plan, design, sources, cancellationToken) : null;
        var stages = Stages.ToDictionary(stage => stage, watch.Seconds);
        var result = new PlanResult(plan, design, sources, costs, basis, stages, forecast, drift, PlanWarnings.Of(plan.Policy, design, sources, forecast, drift));
        if (arguments.Json) await output.WriteLineAsync(PlanJson.Of(result, arguments));
        else await PlanListing.WriteAsync(output, result, arguments);
        return forecast.Retained.Value > 0 ? ExitCodes.Done : ExitCodes.NothingRetained;
    }

    private static double? Utilisation(SampleCosts costs) => costs is { CoreSeconds: > 0 and var core, WallSeconds: > 0 } ? Math.Min(1, core / (costs.WallSeconds * Environment.ProcessorCount)) : null;

    private static async Task<DriftReport> CompareAsync(
        DatasetStores stores, string against, RunPlan plan, SampleDesign design, IReadOnlyList<SampledSource> sources, CancellationToken cancellationToken)
    {
        var store = stores.Of(against);
        var manifest = await new SnapshotReader(store).FindManifestAsync(cancellationToken) ?? throw new IOException($"{store.Address}: the data set of --against is gone.");
        return await DriftCheck.CompareAsync(store, manifest, plan.Policy, sources, [.. sources.Select(source => design.WeightOf(source.Stratum))], cancellationToken);
    }

    private async Task<int> NothingToReadAsync(SampleDesign design)
    {
        await errors.WriteLineAsync(string.Create(null, $"curate: none of the {design.Unreadable} listed sources can be opened, so nothing will be retained:"));
        foreach (var item in design.UnreadableExamples) await errors.WriteLineAsync($"  {Following.DisplayName.Of(item.Uri)}: {item.Problem}");
        return ExitCodes.NothingRetained;
    }

    private async Task<int> RefuseAsync(IReadOnlyList<string> faults)
    {
        foreach (var fault in faults) await errors.WriteLineAsync($"curate: {fault}");
        await errors.WriteLineAsync("Nothing was started.");
        return ExitCodes.Wrong;
    }
}
