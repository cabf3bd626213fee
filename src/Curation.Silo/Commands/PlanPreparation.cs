using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Curation.Pipeline;
using Curation.Pipeline.Planning;
using Curation.Pipeline.Policies;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Storage;
using Curation.Silo.Hosting;
using Curation.Silo.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Silo.Commands;

/// <summary>Checks everything a plan needs before it starts, and finds all faults at once.</summary>
internal static class PlanPreparation
{
    /// <summary>The run that is planned, with the sample's data set for its output, and the prices; or the faults.</summary>
    /// <param name="arguments">What the user asked for.</param>
    /// <param name="output">Where the sample's data set goes.</param>
    /// <param name="runId">Names the run.</param>
    /// <param name="settings">How stores are reached.</param>
    /// <param name="cancellationToken">Stops the checks.</param>
    public static async Task<(RunPlan? Plan, PriceTable? Prices, IReadOnlyList<string> Faults)> PrepareAsync(
        PlanArguments arguments, string output, string runId, CurateSettings settings, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        if (arguments.Sample < SourceSampler.LeastSize) faults.Add(string.Create(null, $"--sample {arguments.Sample}: must be at least {SourceSampler.LeastSize}, because one source says nothing of how others differ."));
        if (arguments.Cores is < 1) faults.Add(string.Create(null, $"--cores {arguments.Cores}: must be at least 1."));
        if (arguments.Keep is { } keep) CheckKeep(keep, faults);
        if (arguments.Against is { } against) await CheckAgainstAsync(against, settings, faults, cancellationToken);

        var run = new RunArguments(arguments.Input, output, arguments.Policy, arguments.Models, null, arguments.Parallelism, arguments.Json);
        var (plan, wrong) = await RunPreparation.PrepareAsync(run, runId, settings, cancellationToken);
        faults.AddRange(wrong.Select(fault => fault.Replace("--output ", arguments.Keep is null ? "the folder for temporary files (TMPDIR) " : "--keep ", StringComparison.Ordinal)));
        return plan is null || faults.Count > 0 ? (null, null, faults) : (plan, PolicyFile.LoadPrices(arguments.Policy), []);
    }

    // What lies there already would be counted as the sample's.
    private static void CheckKeep(string keep, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(keep)) faults.Add("--keep: is empty; give a folder.");
        else if (SourceAddress.IsAddress(keep)) faults.Add($"--keep {SourceAddress.WithoutSecrets(keep)}: must be a folder of this machine.");
        else if (Directory.Exists(keep) && Directory.EnumerateFileSystemEntries(keep).Any()) faults.Add($"--keep {keep}: is not empty; give a new folder.");
    }

    private static async Task CheckAgainstAsync(string against, CurateSettings settings, List<string> faults, CancellationToken cancellationToken)
    {
        try
        {
            var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging().AddConfigured(settings);
            await using var provider = services.AddCurationPipeline().BuildServiceProvider();
            var store = string.IsNullOrWhiteSpace(against) ? null : provider.GetRequiredService<DatasetStores>().Of(against);
            if (store is null) faults.Add("--against: is empty; give the folder or the address of a data set.");
            else if (await new SnapshotReader(store).FindManifestAsync(cancellationToken) is null) faults.Add($"--against {store.Address}: is not a data set: it has no {SnapshotManifest.Path}.");
        }
        catch (ArgumentException wrong)
        {
            faults.Add($"--against {SourceAddress.WithoutSecrets(against)}: {SourceAddress.Reason(wrong)}");
        }
        catch (Exception trouble) when (trouble is StoreUnavailableException or DatasetException)
        {
            faults.Add($"--against {SourceAddress.WithoutSecrets(against)}: cannot be read: {trouble.Message}");
        }
    }
}
