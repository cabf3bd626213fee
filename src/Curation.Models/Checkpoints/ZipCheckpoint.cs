using Curation.Models.Checkpoints.Pickling;

namespace Curation.Models.Checkpoints;

/// <summary>torch.save's container since 1.6: a zip archive of stored records, with data.pkl and one record a storage in one folder.</summary>
internal sealed class ZipCheckpoint : IStorageFile
{
    private const string PickleName = "data.pkl";

    private readonly ZipDirectory _zip;
    private readonly string _folder;

    private ZipCheckpoint(ZipDirectory zip, string folder, object? root)
    {
        _zip = zip;
        _folder = folder;
        Root = root;
    }

    public object? Root { get; }

    public static bool IsZip(ReadOnlySpan<byte> start) => start.StartsWith("PK\x03\x04"u8);

    public static ZipCheckpoint Read(CheckpointBytes file)
    {
        var zip = ZipDirectory.Read(file);
        var pickles = zip.Names.Where(name => name == PickleName || (name.EndsWith("/" + PickleName, StringComparison.Ordinal) && name.Count(letter => letter == '/') == 1)).ToList();
        if (pickles.Count != 1) throw file.Damaged($"the zip archive has {pickles.Count} records called {PickleName}, not one: torch.save did not write it");

        var folder = pickles[0][..^PickleName.Length];
        if (zip.Names.Any(name => name.StartsWith(folder + "code/", StringComparison.Ordinal))) throw file.Damaged("it is a TorchScript program, not a checkpoint; save the model's state_dict");
        CheckByteOrder(file, zip, folder);

        var place = zip.Find(pickles[0])!.Value;
        var loader = new StorageLoader();
        var root = new PickleReader(new PickleInput(file, place.Offset, place.Offset + place.Bytes), loader.Load).Read();
        return new ZipCheckpoint(zip, folder, root);
    }

    public StoragePlace? Find(string key) => _zip.Find($"{_folder}data/{key}");

    private static void CheckByteOrder(CheckpointBytes file, ZipDirectory zip, string folder)
    {
        if (zip.Find(folder + "byteorder") is not { Bytes: > 0 and <= 16 } place) return;

        var order = new byte[place.Bytes];
        file.Read(place.Offset, order, "the record byteorder");
        if (!order.AsSpan().SequenceEqual("little"u8)) throw file.Damaged("its elements are not little-endian");
    }
}
