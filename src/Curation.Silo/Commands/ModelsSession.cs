using Curation.Models.Catalogue;
using Curation.Pipeline;
using Curation.Silo.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Curation.Silo.Commands;

/// <summary>What every <c>curate models</c> command needs, and the one place that turns its failures into exit codes.</summary>
internal sealed class ModelsSession
{
    private const int RedirectedWidth = 1000;

    private ModelsSession(ServiceProvider services, string folder)
    {
        Services = services;
        Catalog = services.GetRequiredService<ModelCatalog>();
        Folder = new ModelFolder(folder, Catalog);
    }

    public ServiceProvider Services { get; }

    public ModelCatalog Catalog { get; }

    public ModelFolder Folder { get; }

    public static async Task<int> RunAsync(string? folder, Func<ModelsSession, Task<int>> work)
    {
        // A file has no right edge to wrap at.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = RedirectedWidth;
        try
        {
            await using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton(CurateSettings.ReadModelsHere()).AddCurationPipeline().BuildServiceProvider();
            return await work(new ModelsSession(services, ModelsPlace.Resolve(folder)));
        }
        catch (ConfigurationException wrong)
        {
            foreach (var fault in wrong.Faults) await Console.Error.WriteLineAsync($"curate: {fault}");
            return ExitCodes.Wrong;
        }
        catch (CatalogException wrong)
        {
            foreach (var line in wrong.Message.Split('\n')) await Console.Error.WriteLineAsync($"curate: {line}");
            return ExitCodes.Wrong;
        }
        catch (PullException failure)
        {
            await Console.Error.WriteLineAsync($"curate: {failure.Message}");
            return ExitCodes.Failed;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"curate: {failure.Message}");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("curate: cancelled; what was downloaded is kept.");
            return ExitCodes.Cancelled;
        }
    }

    /// <summary>The slot of that name; null, and a word on standard error, where there is none.</summary>
    public async Task<CatalogSlot?> FindAsync(string name)
    {
        var slot = Catalog.Find(name);
        if (slot is null) await Console.Error.WriteLineAsync($"curate: there is no model slot '{name}'; there are {string.Join(", ", Catalog.Names)}.");
        return slot;
    }
}
