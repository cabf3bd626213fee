using System.Text.Json;
using Curation.Clips.Deciding;
using Curation.Dataset;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Curation.Pipeline;
using Curation.Pipeline.Policies;
using Curation.Pipeline.Storage;
using Curation.Silo.Hosting;
using Curation.Silo.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Silo.Commands;

/// <summary>What commands over a finished data set need, and the one place that turns their failures into exit codes.</summary>
/// <param name="Services">The pipeline's services.</param>
/// <param name="Store">The data set.</param>
/// <param name="Manifest">Its current snapshot.</param>
internal sealed record DatasetSession(IServiceProvider Services, IDatasetStore Store, SnapshotManifest Manifest)
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>Opens a data set and works on it.</summary>
    /// <param name="address">What the user wrote for <c>--dataset</c>.</param>
    /// <param name="work">The command.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<int> RunAsync(string address, Func<DatasetSession, Task<int>> work, CancellationToken cancellationToken)
    {
        try
        {
            var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging().AddConfigured(CurateSettings.ReadHere()).AddCurationPipeline().BuildServiceProvider();
            await using (services)
            {
                var dataset = services.GetRequiredService<DatasetOpener>().Open(address);
                return await work(new DatasetSession(services, dataset.Store, await dataset.Reader.ReadManifestAsync(cancellationToken)));
            }
        }
        catch (ConfigurationException wrong)
        {
            return await RefuseAsync(ExitCodes.Wrong, wrong.Faults);
        }
        catch (PolicyException wrong)
        {
            return await RefuseAsync(ExitCodes.Wrong, [.. wrong.Message.Split('\n'), "Nothing was written."]);
        }
        catch (ArgumentException wrong)
        {
            return await RefuseAsync(ExitCodes.Wrong, [$"--dataset: {wrong.Message}"]);
        }
        catch (DatasetException wrong)
        {
            return await RefuseAsync(ExitCodes.Wrong, [wrong.Message]);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync(ExitCodes.Failed, [trouble.Message]);
        }
        catch (OperationCanceledException)
        {
            return await RefuseAsync(ExitCodes.Cancelled, ["cancelled; the data set stands as it was."]);
        }
    }

    /// <summary>A value as the JSON that commands print.</summary>
    public static string Json<T>(T value) => JsonSerializer.Serialize(value, SnakeCase);

    /// <summary>Keeps runs out of the data set while the command writes it.</summary>
    /// <param name="name">Names the command for those who are kept out.</param>
    /// <exception cref="StoreUnavailableException">A run writes there.</exception>
    public IDisposable Claim(string name) =>
        Services.GetRequiredService<OutputLocks>().Take((Store as LocalDatasetStore)?.Address, name);

    /// <summary>A policy file or preset.</summary>
    /// <exception cref="PolicyException">It cannot be used.</exception>
    public static Policy Policy(string fileOrName) => PolicyFile.Load(fileOrName);

    private static async Task<int> RefuseAsync(int code, IEnumerable<string> faults)
    {
        foreach (var fault in faults) await Console.Error.WriteLineAsync($"curate: {fault}");
        return code;
    }
}
