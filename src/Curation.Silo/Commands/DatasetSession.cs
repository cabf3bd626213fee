using System.Text.Json;
using Curation.Dataset.Deduplicating;
using Curation.Dataset.Exporting;
using Curation.Dataset.Rejudging;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Curation.Pipeline;
using Curation.Pipeline.Policies;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Storage;
using Curation.Silo.Hosting;
using Curation.Silo.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Silo.Commands;

/// <summary>A finished data set that a command works on, opened with what is configured here; and the one place that turns its failures into exit codes.</summary>
/// <param name="Services">The pipeline's services.</param>
/// <param name="Store">The data set.</param>
/// <param name="Manifest">Its current snapshot.</param>
internal sealed record DatasetSession(IServiceProvider Services, IDatasetStore Store, SnapshotManifest Manifest)
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>Opens a data set and works on it; failures are told on standard error.</summary>
    /// <param name="dataset">What the user wrote.</param>
    /// <param name="work">Gives the exit code.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    public static Task<int> RunAsync(string dataset, Func<DatasetSession, Task<int>> work, CancellationToken cancellationToken) => RunAsync(dataset, [], Console.Error, work, cancellationToken);

    /// <summary>Opens a data set and works on it.</summary>
    /// <param name="dataset">What the user wrote.</param>
    /// <param name="faults">What is wrong with the rest of the command; told together with what is wrong with the data set.</param>
    /// <param name="errors">Where that is told.</param>
    /// <param name="work">Gives the exit code.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    public static async Task<int> RunAsync(string dataset, IReadOnlyList<string> faults, TextWriter errors, Func<DatasetSession, Task<int>> work, CancellationToken cancellationToken)
    {
        var all = new List<string>(faults);
        try
        {
            var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging().AddConfigured(CurateSettings.ReadHere());
            await using var provider = services.AddCurationPipeline().BuildServiceProvider();
            var store = Open(provider, dataset, all);
            var manifest = store is null ? null : await new SnapshotReader(store).FindManifestAsync(cancellationToken);
            if (store is not null && manifest is null) all.Add($"--dataset {store.Address}: is not a data set: it has no {SnapshotManifest.Path}. Give the --output of a 'curate run' that has ended.");
            if (all.Count > 0 || manifest is null) return await RefuseAsync(errors, all);

            return await work(new DatasetSession(provider, store!, manifest));
        }
        catch (ConfigurationException wrong)
        {
            return await RefuseAsync(errors, [.. all, .. wrong.Faults]);
        }
        catch (PolicyException wrong)
        {
            return await RefuseAsync(errors, wrong.Message.Split('\n'));
        }
        catch (ExportPlaceException wrong)
        {
            return await RefuseAsync(errors, [$"--output {wrong.Message}"]);
        }
        catch (Exception wrong) when (wrong is RejudgeRefusedException or DedupRefusedException)
        {
            return await RefuseAsync(errors, [wrong.Message]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"curate: {failure.Message}");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("curate: cancelled.");
            return ExitCodes.Cancelled;
        }
    }

    /// <summary>A value as the JSON that commands print.</summary>
    public static string Json<T>(T value) => JsonSerializer.Serialize(value, SnakeCase);

    /// <summary>Keeps runs out of the data set while the command writes it.</summary>
    /// <param name="name">Names the command for those who are kept out.</param>
    /// <exception cref="StoreUnavailableException">A run writes there.</exception>
    public IDisposable Claim(string name) => Services.GetRequiredService<OutputLocks>().Take(DatasetStores.AsFolder(Store)?.Address, name);

    private static IDatasetStore? Open(ServiceProvider services, string dataset, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(dataset))
        {
            faults.Add("--dataset: is empty; give a folder or the address of a data set.");
            return null;
        }

        try
        {
            return services.GetRequiredService<DatasetStores>().Of(dataset);
        }
        catch (ArgumentException wrong)
        {
            faults.Add($"--dataset {SourceAddress.WithoutSecrets(dataset)}: {SourceAddress.Reason(wrong)}");
            return null;
        }
    }

    private static async Task<int> RefuseAsync(TextWriter errors, IReadOnlyList<string> faults)
    {
        foreach (var fault in faults) await errors.WriteLineAsync($"curate: {fault}");
        await errors.WriteLineAsync("Nothing was started.");
        return ExitCodes.Wrong;
    }
}
