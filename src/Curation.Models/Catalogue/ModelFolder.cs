using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Curation.Models.Catalogue;

/// <summary>
/// A folder of weights: <c>DIR/slot/file</c>, or <c>DIR/file</c> where no other slot has a file of that name.
/// Nothing in it is written here.
/// </summary>
public sealed class ModelFolder
{
    private readonly ModelCatalog _catalog;
    private readonly HashSet<string> _unique;
    private readonly ConcurrentDictionary<(string Path, long Length, long Written), string> _hashes = new();

    /// <summary>Names a folder; it need not exist.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="catalog">The catalogue.</param>
    public ModelFolder(string path, ModelCatalog catalog)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(catalog);
        (Path, _catalog) = (System.IO.Path.GetFullPath(path), catalog);
        _unique = catalog.Slots.SelectMany(slot => slot.Files.Concat(slot.Checkpoints)).GroupBy(file => file.Name).Where(group => group.Count() == 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Where a file belongs.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="file">The file.</param>
    /// <returns>Full path, whether or not it is there.</returns>
    public string PlaceOf(CatalogSlot slot, CatalogFile file)
    {
        ArgumentNullException.ThrowIfNull(slot);
        ArgumentNullException.ThrowIfNull(file);
        return System.IO.Path.Combine(Path, slot.Slot, file.Name);
    }

    /// <summary>Finds a file.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="file">The file.</param>
    /// <returns>Full path; null where it is not there.</returns>
    public string? Find(CatalogSlot slot, CatalogFile file)
    {
        var own = PlaceOf(slot, file);
        if (File.Exists(own)) return own;

        var flat = System.IO.Path.Combine(Path, file.Name);
        return _unique.Contains(file.Name) && File.Exists(flat) ? flat : null;
    }

    /// <summary>Every slot of the catalogue, in its order.</summary>
    /// <param name="cancellationToken">Stops the hashing.</param>
    /// <returns>What the folder holds for each.</returns>
    public async Task<IReadOnlyList<SlotStatus>> StatusAsync(CancellationToken cancellationToken)
    {
        var statuses = new List<SlotStatus>();
        foreach (var slot in _catalog.Slots) statuses.Add(await StatusAsync(slot, cancellationToken));
        return statuses;
    }

    /// <summary>One slot.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="cancellationToken">Stops the hashing.</param>
    /// <returns>What the folder holds for it.</returns>
    public async Task<SlotStatus> StatusAsync(CatalogSlot slot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(slot);
        if (slot.Kind == SlotKind.Endpoint) return new SlotStatus(slot, SlotCondition.Endpoint, $"wants {slot.Endpoint}", []);

        var pinned = ModelLock.Load(Path);
        var files = new List<FileState>();
        foreach (var file in slot.Files)
        {
            var path = Find(slot, file);
            var hash = path is null ? null : await HashAsync(path, cancellationToken);
            files.Add(new FileState(file, path, hash, file.Sha256 ?? pinned.Find(slot.Slot, file.Name)?.Sha256));
        }

        if (files.FirstOrDefault(file => file.IsWrong) is { } wrong)
        {
            return new SlotStatus(slot, SlotCondition.WrongHash, $"{wrong.Path} has SHA-256 {wrong.Sha256}, not {wrong.Expected}; pull it again or put the right file there", files);
        }

        var missing = files.Where(file => file.Path is null && !file.File.Optional).Select(file => file.File).ToList();
        return missing.Count == 0
            ? new SlotStatus(slot, SlotCondition.Present, null, files)
            : new SlotStatus(slot, SlotCondition.Absent, Missing(slot, missing), files);
    }

    /// <summary>SHA-256 of a file; a file that has not changed is read once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Lower-case hex.</returns>
    public async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        var info = new FileInfo(path);
        var key = (path, info.Length, info.LastWriteTimeUtc.Ticks);
        if (_hashes.TryGetValue(key, out var known)) return known;

        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan | FileOptions.Asynchronous);
        return _hashes[key] = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    private string Missing(CatalogSlot slot, List<CatalogFile> missing)
    {
        var names = string.Join(", ", missing.Select(file => file.Name));
        var how = missing.Find(file => file.ByHand is not null)?.ByHand
            ?? (missing.TrueForAll(file => file.Url is not null) ? $"'curate models pull {slot.Slot}' gets it" : $"'curate models pull {slot.Slot}', then 'curate models import {slot.Slot}'");
        var notes = string.Concat(missing.Select(file => file.Note).OfType<string>().Select(note => $" ({note})"));
        return $"{Path} has no {names}; {how}{notes}";
    }
}
