using Curation.Models.Checkpoints.Pickling;

namespace Curation.Models.Checkpoints;

/// <summary>
/// A file that torch.save wrote, in either of its containers. Nothing in it is executed. The pickle may name what tensors, dicts and
/// saved configurations need; configurations become placeholders without content, and any other name, such as posix.system, is
/// refused in the message. A tensor is read when it is asked for, by its place in the file, so that a checkpoint may be larger than memory.
/// </summary>
public sealed class PyTorchCheckpoint : ITensorSource
{
    private readonly CheckpointBytes _file;
    private readonly Dictionary<string, TensorWindow> _windows;

    private PyTorchCheckpoint(CheckpointBytes file, string? root, CheckpointTree tree, Dictionary<string, TensorWindow> windows, Dictionary<string, string> unreadable)
    {
        _file = file;
        _windows = windows;
        Root = root;
        Values = tree.Values;
        Unreadable = unreadable;
        Tensors = windows.ToDictionary(window => window.Key, window => window.Value.Info, StringComparer.Ordinal);
    }

    /// <summary>The key whose content is shown; null where the whole file is.</summary>
    public string? Root { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, TensorInfo> Tensors { get; }

    /// <summary>
    /// Plain values, named like the tensors: string, bool, long, <see cref="System.Numerics.BigInteger"/> where a long is too short, double,
    /// byte[], null for None; a class or dtype is its full name.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Values { get; }

    /// <summary>Tensors whose elements this program has no type for (complex, quantised), with that type.</summary>
    public IReadOnlyDictionary<string, string> Unreadable { get; }

    /// <summary>Reads the pickle and checks every tensor's place; the elements stay on disk.</summary>
    /// <param name="path">The file.</param>
    /// <param name="roots">Keys, such as "model" or "state_dict", of which the first that the file has is shown alone, without it in the names; the whole file where it has none of them.</param>
    /// <returns>The open checkpoint.</returns>
    /// <exception cref="CheckpointException">The file is damaged, was not written by torch.save, or names something that no tensor needs.</exception>
    public static PyTorchCheckpoint Open(string path, params ReadOnlySpan<string> roots)
    {
        var file = CheckpointBytes.Open(path);
        var opened = false;
        try
        {
            var storages = ReadContainer(file);
            var (root, content) = Select(storages.Root, roots);
            var tree = CheckpointTree.Walk(file, content);
            var windows = new Dictionary<string, TensorWindow>(StringComparer.Ordinal);
            var unreadable = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, tensor) in tree.Tensors)
            {
                if (tensor.Type is not { } type)
                {
                    unreadable.Add(name, tensor.TypeName);
                    continue;
                }

                var place = PlaceOf(name, tensor, storages, file);
                windows.Add(name, TensorWindow.Of(name, tensor, type, place, file));
            }

            var checkpoint = new PyTorchCheckpoint(file, root, tree, windows, unreadable);
            opened = true;
            return checkpoint;
        }
        finally
        {
            if (!opened) file.Dispose();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="CheckpointException">The elements have no type here, do not fit in an array, or the disk failed.</exception>
    public TensorData Read(string name)
    {
        if (_windows.TryGetValue(name, out var window)) return window.Read(name, _file);
        if (Unreadable.TryGetValue(name, out var type)) throw _file.Damaged($"tensor '{name}' has elements of {type}, which are not supported");

        throw TensorNames.NotFound(_file.Path, name, Tensors.Keys);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static IStorageFile ReadContainer(CheckpointBytes file)
    {
        Span<byte> start = stackalloc byte[(int)Math.Min(4, file.Length)];
        file.Read(0, start, "the first bytes");
        if (ZipCheckpoint.IsZip(start)) return ZipCheckpoint.Read(file);
        if (LegacyCheckpoint.IsPickle(start)) return LegacyCheckpoint.Read(file);

        throw file.Damaged("it is no checkpoint of torch.save: it begins neither as a zip archive nor as a pickle");
    }

    private static (string? Root, object? Content) Select(object? whole, ReadOnlySpan<string> roots)
    {
        foreach (var root in roots)
        {
            if (CheckpointTree.TryFind(whole, root, out var content)) return (root, content);
        }

        return (null, whole);
    }

    /// <summary>A storage without elements has no record in some files.</summary>
    private static StoragePlace PlaceOf(string name, PickleTensor tensor, IStorageFile storages, CheckpointBytes file) =>
        storages.Find(tensor.Storage.Key)
        ?? (tensor.Storage.Count == 0 ? default : throw file.Damaged($"tensor '{name}': its storage {tensor.Storage.Key} is not in the file"));
}
