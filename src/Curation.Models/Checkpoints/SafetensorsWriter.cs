using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Curation.Models.Checkpoints;

/// <summary>Writes safetensors files, one tensor in memory at a time.</summary>
public static class SafetensorsWriter
{
    private const int HeaderAlignment = 8;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes every tensor of a source.</summary>
    /// <param name="path">The new file; an old one is replaced only once the new one is whole.</param>
    /// <param name="source">The tensors.</param>
    /// <param name="metadata">The header's <c>__metadata__</c>, or null.</param>
    public static void Write(string path, ITensorSource source, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        Write(path, source.Tensors, source.Read, metadata);
    }

    /// <summary>Writes tensors that are in memory.</summary>
    /// <param name="path">The new file; an old one is replaced only once the new one is whole.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="metadata">The header's <c>__metadata__</c>, or null.</param>
    public static void Write(string path, IReadOnlyDictionary<string, TensorData> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Write(path, tensors.ToDictionary(tensor => tensor.Key, tensor => tensor.Value.Info, StringComparer.Ordinal), name => tensors[name], metadata);
    }

    /// <summary>Writes tensors as they are made. The same tensors give the same bytes: wide elements come first, then names in ordinal order, as in the reference implementation.</summary>
    /// <param name="path">The new file; an old one is replaced only once the new one is whole.</param>
    /// <param name="tensors">What will be written.</param>
    /// <param name="read">Makes one tensor; called once for each name, in the file's order.</param>
    /// <param name="metadata">The header's <c>__metadata__</c>, or null.</param>
    /// <exception cref="ArgumentException">A name is reserved, a size is negative, or <paramref name="read"/> gave another type, shape or length than announced.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, TensorInfo> tensors, Func<string, TensorData> read, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(read);

        var order = tensors.OrderByDescending(tensor => tensor.Value.ElementBytes).ThenBy(tensor => tensor.Key, StringComparer.Ordinal).ToList();
        var header = Header(order, metadata);
        var partial = $"{path}.{Guid.NewGuid():N}.partial";
        var written = false;
        try
        {
            using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Write(header);
                foreach (var (name, info) in order)
                {
                    var tensor = read(name);
                    CheckAsAnnounced(name, info, tensor);
                    file.Write(tensor.Bytes.Span);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
            written = true;
        }
        finally
        {
            if (!written) File.Delete(partial);
        }
    }

    private static byte[] Header(List<KeyValuePair<string, TensorInfo>> order, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Advance(WriteLength(buffer, 0));
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 }) WriteMetadata(json, metadata);

            var offset = 0L;
            foreach (var (name, info) in order)
            {
                if (name == SafetensorsHeader.MetadataKey) throw new ArgumentException($"'{name}' cannot name a tensor: the format keeps it for text.", nameof(order));
                var bytes = TensorLayout.BytesOf(info) ?? throw new ArgumentException($"Tensor '{name}' of shape [{string.Join(", ", info.Shape)}] has no size in bytes.", nameof(order));

                json.WriteStartObject(name);
                json.WriteString("dtype", SafetensorsHeader.NameOf(info.Type));
                WriteNumbers(json, "shape", info.Shape);
                WriteNumbers(json, "data_offsets", [offset, checked(offset + bytes)]);
                json.WriteEndObject();
                offset += bytes;
            }

            json.WriteEndObject();
        }

        while (buffer.WrittenCount % HeaderAlignment != 0) buffer.Write(" "u8);

        var header = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - sizeof(long));
        return header;
    }

    private static int WriteLength(ArrayBufferWriter<byte> buffer, long length)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer.GetSpan(sizeof(long)), length);
        return sizeof(long);
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject(SafetensorsHeader.MetadataKey);
        foreach (var (name, text) in metadata.OrderBy(item => item.Key, StringComparer.Ordinal)) json.WriteString(name, text);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static void CheckAsAnnounced(string name, TensorInfo announced, TensorData tensor)
    {
        if (tensor.Info.Type != announced.Type || !tensor.Info.Shape.SequenceEqual(announced.Shape))
        {
            throw new ArgumentException($"Tensor '{name}' was announced as {announced.Type} [{string.Join(", ", announced.Shape)}] and came as {tensor.Info.Type} [{string.Join(", ", tensor.Info.Shape)}].", nameof(tensor));
        }

        if (tensor.Bytes.Length != TensorLayout.BytesOf(announced)) throw new ArgumentException($"Tensor '{name}' came with {tensor.Bytes.Length} bytes and needs {TensorLayout.BytesOf(announced)}.", nameof(tensor));
    }
}
