using System.Buffers.Binary;
using System.Numerics;
using Curation.Models.Checkpoints.Pickling;

namespace Curation.Models.Checkpoints;

/// <summary>
/// torch.save's container before 1.6: five pickles (a magic number, the protocol, facts of the system, the object, the keys of the
/// storages), then for each key the number of elements and the elements.
/// </summary>
internal sealed class LegacyCheckpoint : IStorageFile
{
    private const long Protocol = 1001;

    private static readonly BigInteger MagicNumber = BigInteger.Parse("119547037146038801333356", System.Globalization.CultureInfo.InvariantCulture);

    private readonly Dictionary<string, StoragePlace> _places;

    private LegacyCheckpoint(object? root, Dictionary<string, StoragePlace> places)
    {
        Root = root;
        _places = places;
    }

    public object? Root { get; }

    /// <summary>Every pickle of protocol 2 and later begins so; <see cref="Read"/> then looks for the magic number.</summary>
    public static bool IsPickle(ReadOnlySpan<byte> start) => start is [0x80, >= 2 and <= 5, ..];

    public static LegacyCheckpoint Read(CheckpointBytes file)
    {
        var input = new PickleInput(file, 0, file.Length);
        var loader = new StorageLoader();

        var magic = ReadPickle(input, loader);
        if (magic is not BigInteger number || number != MagicNumber) throw file.Damaged("it is a pickle, but not one that torch.save wrote: it does not begin with torch's magic number");
        if (ReadPickle(input, loader) is not Protocol) throw file.Damaged($"torch.save's protocol is not {Protocol}");
        if (ReadPickle(input, loader) is not PickleDict system || !system.Entries.TryGetValue("little_endian", out var little) || little is not true) throw file.Damaged("its elements are not little-endian");

        var root = ReadPickle(input, loader);
        if (ReadPickle(input, loader) is not List<object?> keys) throw file.Damaged("the list of its storages is missing");

        return new LegacyCheckpoint(root, FindStorages(file, input.Position, keys, loader.Storages));
    }

    public StoragePlace? Find(string key) => _places.TryGetValue(key, out var place) ? place : null;

    private static object? ReadPickle(PickleInput input, StorageLoader loader) => new PickleReader(input, loader.Load).Read();

    private static Dictionary<string, StoragePlace> FindStorages(CheckpointBytes file, long position, List<object?> keys, IReadOnlyDictionary<string, PickleStorage> storages)
    {
        var places = new Dictionary<string, StoragePlace>(StringComparer.Ordinal);
        Span<byte> length = stackalloc byte[sizeof(long)];
        foreach (var item in keys)
        {
            if (item is not string key || !storages.TryGetValue(key, out var storage)) throw file.Damaged("the list of its storages names one that no tensor has");

            file.Read(position, length, $"the size of storage {key}");
            var count = BinaryPrimitives.ReadInt64LittleEndian(length);
            if (count != storage.Count) throw file.Damaged($"storage {key} has {count} elements, but its tensors speak of {storage.Count}");
            position += sizeof(long);
            if (storage.Bytes > file.Length - position) throw file.Damaged($"storage {key} should have {storage.Bytes} bytes from byte {position}, but the file has {file.Length}");
            if (!places.TryAdd(key, new StoragePlace(position, (long)storage.Bytes))) throw file.Damaged($"storage {key} is listed twice");
            position += (long)storage.Bytes;
        }

        return places;
    }
}
