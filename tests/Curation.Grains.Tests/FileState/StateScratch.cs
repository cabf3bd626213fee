using Curation.Grains.FileState;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;

namespace Curation.Grains.Tests.FileState;

/// <summary>A state folder of its own for a test, made when it is first asked for and gone afterwards: a process that is killed in another test's folder leaves none.</summary>
internal sealed class StateScratch : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    private readonly Lazy<string> _root = new(() => Directory.CreateTempSubdirectory("curation-state").FullName);

    public string Root => _root.Value;

    public StateFolder Open() => new(Root, TimeProvider.System);

    public FileGrainStorage Storage(StateFolder folder) => new(folder, _services.GetRequiredService<IActivatorProvider>());

    /// <summary>The files below a folder, temporary ones included.</summary>
    public IReadOnlyList<string> Files(string below) =>
        Directory.Exists(Path.Combine(Root, below)) ? Directory.GetFiles(Path.Combine(Root, below), "*", SearchOption.AllDirectories) : [];

    public void Dispose()
    {
        _services.Dispose();
        if (_root.IsValueCreated) Directory.Delete(Root, true);
    }
}
