using Curation.Models.Checkpoints.Pickling;

namespace Curation.Models.Checkpoints;

/// <summary>Turns torch's persistent ids, ("storage", type, key, location, count, view), into storages. The location (cuda:0) does not matter here.</summary>
internal sealed class StorageLoader
{
    private readonly Dictionary<string, PickleStorage> _storages = new(StringComparer.Ordinal);

    /// <summary>Every storage that the pickle named.</summary>
    public IReadOnlyDictionary<string, PickleStorage> Storages => _storages;

    public object Load(object? id, PickleInput input)
    {
        if (id is not List<object?> { Count: >= 5 } parts || parts[0] is not "storage") throw input.Damaged("refused: a persistent id stands for something that is no storage");
        if (parts[1] is not PickleGlobal global || !StorageTypes.IsStorage(global)) throw input.Damaged("a storage has no known type");
        if (parts[2] is not string key || parts[4] is not long count || count < 0) throw input.Damaged("a storage has no key or no size");
        if (parts.Count > 5 && parts[5] is not null) throw input.Damaged("a storage is a view of another one, as torch before 0.4 wrote them; load and save it with a newer torch");

        if (_storages.TryGetValue(key, out var known))
        {
            if (known.TypeName != global.Name || known.Count != count) throw input.Damaged($"storage {key} is described twice, differently");
            return known;
        }

        var (type, bytes) = StorageTypes.Storage(global);
        return _storages[key] = new PickleStorage(key, global.Name, type, count, bytes);
    }
}
