using Curation.Models.Catalogue;

namespace Curation.Models.Tests.Catalogue;

/// <summary>A models folder that goes with the test.</summary>
internal sealed class ScratchModels : IDisposable
{
    public ScratchModels()
    {
        Directory.CreateDirectory(Path);
        Folder = new ModelFolder(Path, Catalog);
    }

    public static ModelCatalog Catalog { get; } = ModelCatalog.LoadEmbedded();

    public string Path { get; } = Directory.CreateTempSubdirectory("models-").FullName;

    public ModelFolder Folder { get; }

    /// <summary>A slot of one file from an address.</summary>
    public static CatalogSlot SlotOf(Uri url, string? sha256, bool optional = false) =>
        new("tried", "Tried", "1", "MIT", false, new Uri("https://example.org"), SlotKind.File) { Files = [new CatalogFile("weights.bin", url, sha256) { Optional = optional }] };

    public string Put(string relativePath, byte[] bytes)
    {
        var path = System.IO.Path.Combine(Path, relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
