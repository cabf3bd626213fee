using System.Text.Json;

namespace Curation.Models.Catalogue;

/// <summary>A download that is not whole yet, beside the file it will become: <c>name.part</c>, and in <c>name.part.json</c> which version of the resource it is of.</summary>
internal sealed class PartialFile(string target)
{
    private readonly string _tagPath = target + ".part.json";

    public string Path { get; } = target + ".part";

    /// <summary>Bytes to keep, and the strong tag that proves that the server still has the same resource; (0, null) where it starts anew.</summary>
    public (long Bytes, string? Tag) Resume(Uri url)
    {
        if (!File.Exists(Path) || !File.Exists(_tagPath)) return (0, null);

        try
        {
            var origin = JsonSerializer.Deserialize<Origin>(File.ReadAllText(_tagPath));
            return origin?.Url == url.AbsoluteUri && origin.Tag is not null ? (new FileInfo(Path).Length, origin.Tag) : (0, null);
        }
        catch (JsonException)
        {
            return (0, null);
        }
    }

    public void Begin(Uri url, string? tag) => File.WriteAllText(_tagPath, JsonSerializer.Serialize(new Origin(url.AbsoluteUri, tag)));

    public void Discard()
    {
        File.Delete(Path);
        File.Delete(_tagPath);
    }

    public void Finish()
    {
        File.Move(Path, target, overwrite: true);
        File.Delete(_tagPath);
    }

    private sealed record Origin(string Url, string? Tag);
}
