using System.IO.Hashing;
using System.Text.Json;

namespace Klear.Model.Training.State;

/// <summary>Lengths and checksums of a checkpoint's files, written last: a folder without it was never finished.</summary>
internal sealed record CheckpointManifest(int Format, long Step, IReadOnlyDictionary<string, CheckpointManifest.Entry> Files)
{
    public const string FileName = "manifest.json";
    private const int CurrentFormat = 1;

    /// <summary>Describes the files of a folder.</summary>
    public static CheckpointManifest Describe(string folder, long step) => new(
        CurrentFormat,
        step,
        new SortedDictionary<string, Entry>(Directory.EnumerateFiles(folder).ToDictionary(file => Path.GetFileName(file), file => new Entry(new FileInfo(file).Length, Checksum(file))), StringComparer.Ordinal));

    public void Write(string folder)
    {
        using var file = new FileStream(Path.Combine(folder, FileName), FileMode.CreateNew, FileAccess.Write);
        JsonSerializer.Serialize(file, this, StoredCheckpoint.Json);
        file.Flush(flushToDisk: true);
    }

    /// <summary>What is wrong with a folder; null where nothing is.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="step">The step of its name.</param>
    /// <param name="thorough">Whether to read every file, or only to look at lengths.</param>
    public static string? Fault(string folder, long step, bool thorough)
    {
        try
        {
            var path = Path.Combine(folder, FileName);
            if (!File.Exists(path)) return $"it has no {FileName}, so it was never finished";
            if (JsonSerializer.Deserialize<CheckpointManifest>(File.ReadAllBytes(path), StoredCheckpoint.Json) is not { Files: not null } manifest) return $"its {FileName} is damaged: it lists no files";
            if (manifest.Format != CurrentFormat) return $"it is of format {manifest.Format}, and this program reads {CurrentFormat}";
            if (manifest.Step != step) return $"its {FileName} is of step {manifest.Step}";

            foreach (var name in new[] { StoredCheckpoint.ModelFile, StoredCheckpoint.StateFile })
            {
                if (!manifest.Files.ContainsKey(name)) return $"its {FileName} does not list {name}";
            }

            foreach (var (name, entry) in manifest.Files)
            {
                var file = new FileInfo(Path.Combine(folder, name));
                if (!file.Exists) return $"{name} is missing";
                if (file.Length != entry.Bytes) return $"{name} has {file.Length} bytes and should have {entry.Bytes}";
                if (thorough && Checksum(file.FullName) != entry.Xxh128) return $"{name} is damaged: its checksum is not the one it was saved with";
            }

            return null;
        }
        catch (JsonException error)
        {
            return $"its {FileName} is damaged: {error.Message}";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"it cannot be read: {error.Message}";
        }
    }

    private static string Checksum(string path)
    {
        using var file = File.OpenRead(path);
        var hash = new XxHash128();
        hash.Append(file);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    internal sealed record Entry(long Bytes, string Xxh128);
}
