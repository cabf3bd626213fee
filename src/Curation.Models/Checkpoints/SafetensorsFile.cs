using System.Buffers.Binary;

namespace Curation.Models.Checkpoints;

/// <summary>A safetensors file: a JSON header, then the tensors' bytes without gaps.</summary>
public sealed class SafetensorsFile : ITensorSource
{
    private readonly CheckpointBytes _file;
    private readonly SafetensorsHeader _header;

    private SafetensorsFile(CheckpointBytes file, SafetensorsHeader header)
    {
        _file = file;
        _header = header;
        Tensors = header.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Info, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, TensorInfo> Tensors { get; }

    /// <summary>The header's <c>__metadata__</c>; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>Reads and checks the header; the tensors stay on disk.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The open file.</returns>
    /// <exception cref="CheckpointException">The file cannot be opened, or its header breaks the format; the message says where.</exception>
    public static SafetensorsFile Open(string path)
    {
        var file = CheckpointBytes.Open(path);
        var opened = false;
        try
        {
            Span<byte> length = stackalloc byte[8];
            file.Read(0, length, "the length of the safetensors header");

            var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(length);
            if (headerLength > SafetensorsHeader.LargestBytes) throw file.Damaged($"the safetensors header claims {headerLength} bytes, more than the format's {SafetensorsHeader.LargestBytes}");
            if ((long)headerLength > file.Length - 8) throw file.Damaged($"the safetensors header claims {headerLength} bytes, but {file.Length - 8} follow");

            var json = new byte[headerLength];
            file.Read(8, json, "the safetensors header");

            var opening = new SafetensorsFile(file, SafetensorsHeader.Parse(json, path, file.Length));
            opened = true;
            return opening;
        }
        finally
        {
            if (!opened) file.Dispose();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="CheckpointException">The tensor is larger than an array can be, or the disk failed.</exception>
    public TensorData Read(string name)
    {
        if (!_header.Entries.TryGetValue(name, out var entry)) throw TensorNames.NotFound(_file.Path, name, Tensors.Keys);
        if (entry.Bytes > Array.MaxLength) throw _file.Damaged($"tensor '{name}' has {entry.Bytes} bytes, more than fit in one array");

        var bytes = GC.AllocateUninitializedArray<byte>((int)entry.Bytes);
        _file.Read(entry.Offset, bytes, $"tensor '{name}'");

        return new TensorData(entry.Info, bytes);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
