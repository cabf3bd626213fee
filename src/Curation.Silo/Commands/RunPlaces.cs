using Curation.Dataset.Storage;
using Curation.Pipeline;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Storage;
using Curation.Silo.Hosting;
using Curation.Silo.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Silo.Commands;

/// <summary>Where a run reads and writes: folders of this machine, or addresses of configured stores. Checked before anything is started.</summary>
internal sealed class RunPlaces(DatasetStores stores, ObjectSources objects)
{
    private const string ProbeFolder = "_state/probes";

    /// <summary>Looks at the places with the stores that are configured for this process.</summary>
    public static async Task<T> UseAsync<T>(CurateSettings settings, Func<RunPlaces, Task<T>> work)
    {
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging().AddConfigured(settings);
        await using var provider = services.AddCurationPipeline().BuildServiceProvider();
        return await work(new RunPlaces(provider.GetRequiredService<DatasetStores>(), provider.GetRequiredService<ObjectSources>()));
    }

    /// <summary>The input as the plan names it.</summary>
    public string Input(string input) => objects.Knows(input) ? input : Path.GetFullPath(SourceUri.ToPath(input) ?? input);

    /// <summary>The output as the plan names it; null, and why, where it cannot be one.</summary>
    public async Task<string?> OutputAsync(string output, string runId, List<string> errors, CancellationToken cancellationToken)
    {
        if (!SourceAddress.IsAddress(output) || SourceUri.ToPath(output) is not null)
        {
            // One folder, one name: runs are told apart by it.
            var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(SourceUri.ToPath(output) ?? output));
            if (File.Exists(folder)) errors.Add($"--output {output}: is a file; give a folder.");
            else if (OutputLocks.FindWriter(folder) is { } writer) errors.Add($"--output {writer}.");
            else return folder;

            return null;
        }

        var shown = SourceAddress.WithoutSecrets(output);
        try
        {
            var store = stores.Of(output);
            await ProbeAsync(store, $"{ProbeFolder}/{runId}", cancellationToken);
            return store.Address;
        }
        catch (ArgumentException wrong)
        {
            errors.Add($"--output {shown}: {SourceAddress.Reason(wrong)}");
        }
        catch (StoreUnavailableException trouble)
        {
            errors.Add($"--output {shown}: cannot be written: {trouble.Message}");
        }

        return null;
    }

    /// <summary>Whether the data set would lie among its own sources.</summary>
    public bool LiesIn(string output, string input)
    {
        if (!SourceAddress.IsAddress(output) && !SourceAddress.IsAddress(input))
        {
            return Directory.Exists(input) && RealPath.IsInside(RealPath.Resolve(output), RealPath.Resolve(input));
        }

        return objects.Knows(input) && Folder(output).StartsWith(Folder(input), StringComparison.Ordinal);
    }

    /// <summary>Checks that there is something to read.</summary>
    public async Task CheckInputAsync(string input, string? output, List<string> errors, CancellationToken cancellationToken)
    {
        try
        {
            await new SourceLister { ExcludedFolder = output, Objects = objects }.CheckAsync(input, cancellationToken);
        }
        catch (SourceInputException wrong)
        {
            errors.Add($"--input: {wrong.Message.TrimEnd('.')}.");
        }
        catch (StoreUnavailableException trouble)
        {
            errors.Add($"--input: {trouble.Message}");
        }
    }

    // A store may say that all is well until something is written.
    private static async Task ProbeAsync(IDatasetStore store, string path, CancellationToken cancellationToken)
    {
        await store.PutAsync(path, "probe"u8.ToArray(), cancellationToken);
        await store.DeleteAsync(path, cancellationToken);
    }

    // One place may be written in several ways; the store knows its own.
    private string Folder(string address)
    {
        try
        {
            return stores.Of(address).Address.TrimEnd('/') + "/";
        }
        catch (ArgumentException)
        {
            return address.TrimEnd('/') + "/";
        }
    }
}
