using Curation.Models.Checkpoints;

namespace Klear.Model.Tests.Codecs.Neural;

/// <summary>Writes copies of checkpoints in which tensors are changed, and removes them afterwards.</summary>
internal sealed class AlteredFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("altered").FullName;

    /// <summary>A copy as safetensors after a change.</summary>
    public string Tensors(string path, string? root, Action<Dictionary<string, TensorData>> change)
    {
        using var source = root is null ? CheckpointFile.Open(path) : CheckpointFile.Open(path, root);
        var tensors = source.Tensors.Keys.ToDictionary(name => name, source.Read);
        change(tensors);
        var copy = Place(".safetensors");
        SafetensorsWriter.Write(copy, tensors);
        return copy;
    }

    /// <summary>A copy of a text after a replacement, which must change it.</summary>
    public string Text(string path, string old, string replacement)
    {
        var text = File.ReadAllText(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        var copy = Place(".json");
        File.WriteAllText(copy, text.Replace(old, replacement, StringComparison.Ordinal));
        return copy;
    }

    /// <summary>The first bytes of a file.</summary>
    public string Truncated(string path, double share)
    {
        var bytes = File.ReadAllBytes(path);
        var copy = Place(Path.GetExtension(path));
        File.WriteAllBytes(copy, bytes[..(int)(bytes.Length * share)]);
        return copy;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Place(string extension) => Path.Combine(_folder, $"{Directory.GetFiles(_folder).Length}{extension}");
}
