using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Hosting;
using Orleans.Serialization.Serializers;

namespace Curation.Grains.FileState;

/// <summary>Gives a silo without a server a memory that survives it: files in one folder, which it holds alone.</summary>
public static class FileStateExtensions
{
    /// <summary>Keeps the state of grains in files.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="name">The name by which grains ask for the storage.</param>
    /// <param name="folder">Where the files lie; it is made at the start. Reminders may lie in the same one.</param>
    /// <returns>The same silo.</returns>
    public static ISiloBuilder AddFileGrainStorage(this ISiloBuilder silo, string name, string folder)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);

        var key = AddFolder(silo.Services, folder);
        silo.Services.AddGrainStorage(name, (services, _) => new FileGrainStorage(
            services.GetRequiredKeyedService<StateFolder>(key), services.GetRequiredService<IActivatorProvider>()));
        return silo;
    }

    /// <summary>Keeps reminders in files.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="folder">Where the files lie; it is made at the start. The state of grains may lie in the same one.</param>
    /// <returns>The same silo.</returns>
    public static ISiloBuilder UseFileReminders(this ISiloBuilder silo, string folder)
    {
        ArgumentNullException.ThrowIfNull(silo);

        var key = AddFolder(silo.Services, folder);
        silo.AddReminders();
        silo.Services.AddSingleton<IReminderTable>(services => new FileReminderTable(
            services.GetRequiredKeyedService<StateFolder>(key), services.GetRequiredService<ILogger<FileReminderTable>>()));
        return silo;
    }

    // One lock for a folder, whoever asks first; the silo's services let go of it when they are disposed.
    private static string AddFolder(IServiceCollection services, string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);

        var path = Path.GetFullPath(folder);
        services.TryAddKeyedSingleton(path, (all, _) => new StateFolder(path, all.GetService<TimeProvider>() ?? TimeProvider.System));
        return path;
    }
}
