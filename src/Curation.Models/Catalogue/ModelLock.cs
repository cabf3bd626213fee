using System.Text.Json;

namespace Curation.Models.Catalogue;

/// <summary>models.lock.json in a models folder: the hash that each file without one in the catalogue had when it was first pulled.</summary>
public sealed class ModelLock
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "models.lock.json";

    private static readonly JsonSerializerOptions Written = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    private readonly string _path;
    private readonly SortedDictionary<string, LockedFile> _files;

    private ModelLock(string path, SortedDictionary<string, LockedFile> files) => (_path, _files) = (path, files);

    /// <summary>Reads the lock of a folder.</summary>
    /// <param name="folder">The models folder.</param>
    /// <returns>The lock; empty where there is none yet.</returns>
    /// <exception cref="CatalogException">The file cannot be read.</exception>
    public static ModelLock Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return new ModelLock(path, new(StringComparer.Ordinal));

        try
        {
            using var stream = File.OpenRead(path);
            var files = JsonSerializer.Deserialize<Dictionary<string, LockedFile>>(stream, Written) ?? [];
            return new ModelLock(path, new(files, StringComparer.Ordinal));
        }
        catch (JsonException wrong)
        {
            throw new CatalogException(path, [wrong.Message]);
        }
    }

    /// <summary>The pinned file.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="file">Its name.</param>
    /// <returns>What was pinned; null where nothing was.</returns>
    public LockedFile? Find(string slot, string file) => _files.GetValueOrDefault(Key(slot, file));

    /// <summary>Pins a file and writes the lock, all of it or nothing.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="file">Its name.</param>
    /// <param name="locked">What it is.</param>
    public void Pin(string slot, string file, LockedFile locked)
    {
        _files[Key(slot, file)] = locked;
        var temporary = $"{_path}.{Guid.NewGuid():N}.tmp";
        File.WriteAllText(temporary, JsonSerializer.Serialize(_files, Written) + "\n");
        File.Move(temporary, _path, overwrite: true);
    }

    private static string Key(string slot, string file) => $"{slot}/{file}";
}
