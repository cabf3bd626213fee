using System.Collections.Concurrent;

namespace Curation.Media.Tests.Support;

/// <summary>A temporary folder of sources, each made once for all tests.</summary>
public sealed class MediaFolder : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _made = new();

    public string Root { get; } = Directory.CreateTempSubdirectory("curation-media-").FullName;

    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>The path of a source that one ffmpeg command makes.</summary>
    public Task<string> MakeAsync(string name, string commandLine) =>
        _made.GetOrAdd(name, _ => new Lazy<Task<string>>(async () =>
        {
            await Ffmpeg.MakeAsync(commandLine, PathOf(name));
            return PathOf(name);
        })).Value;

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
