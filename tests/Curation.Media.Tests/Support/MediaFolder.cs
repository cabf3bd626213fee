using System.Collections.Concurrent;
using Curation.Media.Tests.Support;

[assembly: AssemblyFixture(typeof(MediaFolder))]

namespace Curation.Media.Tests.Support;

/// <summary>A temporary folder of sources, each made once for all tests; classes run side by side, so a name stands for one content.</summary>
public sealed class MediaFolder : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _made = new();

    // Made on first use: ParentThatWaits is killed and could not take it away again.
    private readonly Lazy<string> _root = new(() => Directory.CreateTempSubdirectory("curation-media-").FullName);

    public string Root => _root.Value;

    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>The path of a source that one ffmpeg command makes.</summary>
    public Task<string> MakeAsync(string name, string commandLine) =>
        _made.GetOrAdd(name, _ => new Lazy<Task<string>>(async () =>
        {
            await Ffmpeg.MakeAsync(commandLine, PathOf(name));
            return PathOf(name);
        })).Value;

    public void Dispose()
    {
        if (_root.IsValueCreated) Directory.Delete(Root, recursive: true);
    }
}
