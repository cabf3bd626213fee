namespace Curation.Dataset.Tests;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("curation-dataset-").FullName;

    public IEnumerable<string> Glob(string pattern, string below = "") =>
        Directory.Exists(System.IO.Path.Combine(Path, below))
            ? Directory.EnumerateFiles(System.IO.Path.Combine(Path, below), pattern, SearchOption.AllDirectories).Select(file => System.IO.Path.GetRelativePath(Path, file))
            : [];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
