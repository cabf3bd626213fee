namespace Curation.Silo.Tests.EndToEnd;

/// <summary>A folder that goes with the test. Its name holds a space and a bracket, as real ones do.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("curate e2e [x] ").FullName;

    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Makes a folder in it.</summary>
    public string Folder(params string[] parts) => Directory.CreateDirectory(File(parts)).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
