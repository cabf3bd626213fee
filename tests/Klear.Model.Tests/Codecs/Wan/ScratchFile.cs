namespace Klear.Model.Tests.Codecs.Wan;

/// <summary>A file that is gone after the test.</summary>
internal sealed class ScratchFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wan").FullName;

    public string Path => System.IO.Path.Combine(_folder, "weights");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
