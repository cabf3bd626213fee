using System.Text.Json;

namespace Curation.Models.Checkpoints;

/// <summary>The checked header of a safetensors file.</summary>
/// <param name="Entries">Tensors by name, with their place in the file.</param>
/// <param name="Metadata">Free text by name.</param>
internal sealed record SafetensorsHeader(IReadOnlyDictionary<string, SafetensorsHeader.Entry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The reference implementation's own limit (MAX_HEADER_SIZE).</summary>
    public const int LargestBytes = 100_000_000;

    /// <summary>Most dimensions of one tensor; torch itself stops at 64.</summary>
    private const int MostDimensions = 64;

    public const string MetadataKey = "__metadata__";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>One tensor.</summary>
    /// <param name="Info">Type and shape.</param>
    /// <param name="Offset">From the file's start.</param>
    /// <param name="Bytes">Length there.</param>
    public sealed record Entry(TensorInfo Info, long Offset, long Bytes);

    /// <exception cref="CheckpointException">The header breaks the format.</exception>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, string path, long fileLength)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, Strict);
        }
        catch (JsonException exception)
        {
            throw new CheckpointException($"{path}: the safetensors header is no JSON, or names a tensor twice: {exception.Message}", exception);
        }

        using (document)
        {
            try
            {
                return Read(document.RootElement, path, 8L + json.Length, fileLength);
            }
            catch (InvalidOperationException exception)
            {
                // GetString on text that is no valid UTF-16 (a lone surrogate).
                throw new CheckpointException($"{path}: the safetensors header has text that is not Unicode: {exception.Message}", exception);
            }
        }
    }

    public static string NameOf(ElementType type) => type == ElementType.Bool ? "BOOL" : type.ToString();

    private static SafetensorsHeader Read(JsonElement root, string path, long dataStart, long fileLength)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new CheckpointException($"{path}: the safetensors header is {root.ValueKind}, not an object");

        var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name != MetadataKey)
            {
                entries.Add(property.Name, ReadEntry(property, path, dataStart));
                continue;
            }

            if (property.Value.ValueKind != JsonValueKind.Object) throw new CheckpointException($"{path}: {MetadataKey} is {property.Value.ValueKind}, not an object");
            foreach (var item in property.Value.EnumerateObject())
            {
                if (item.Value.ValueKind != JsonValueKind.String) throw new CheckpointException($"{path}: {MetadataKey}.{item.Name} is {item.Value.ValueKind}, not a string");
                metadata.Add(item.Name, item.Value.GetString()!);
            }
        }

        CheckPlaces(entries, path, dataStart, fileLength);
        return new SafetensorsHeader(entries, metadata);
    }

    private static Entry ReadEntry(JsonProperty property, string path, long dataStart)
    {
        CheckpointException Wrong(string problem) => new($"{path}: tensor '{property.Name}' {problem}");

        if (property.Value.ValueKind != JsonValueKind.Object) throw Wrong($"is described by {property.Value.ValueKind}, not an object");
        if (!property.Value.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String) throw Wrong("has no dtype");
        if (TypeOf(dtype.GetString()!) is not { } type) throw Wrong($"has elements of type {dtype.GetString()}, which is not supported");
        if (!property.Value.TryGetProperty("shape", out var sizes) || sizes.ValueKind != JsonValueKind.Array) throw Wrong("has no shape");
        if (sizes.GetArrayLength() > MostDimensions) throw Wrong($"has {sizes.GetArrayLength()} dimensions, more than {MostDimensions}");
        if (!property.Value.TryGetProperty("data_offsets", out var offsets) || offsets.ValueKind != JsonValueKind.Array || offsets.GetArrayLength() != 2) throw Wrong("has no pair of data_offsets");

        var shape = sizes.EnumerateArray().Select(size => Whole(size) ?? throw Wrong($"has the size {size.GetRawText()} in its shape")).ToArray();
        var start = Whole(offsets[0]) ?? throw Wrong($"starts at {offsets[0].GetRawText()}");
        var end = Whole(offsets[1]) ?? throw Wrong($"ends at {offsets[1].GetRawText()}");
        if (end < start) throw Wrong($"ends at {end} before it starts at {start}");

        var info = new TensorInfo(type, shape);
        if (TensorLayout.BytesOf(info) is not { } needed) throw Wrong($"of shape [{string.Join(", ", shape)}] is larger than any file");
        if (needed != end - start) throw Wrong($"of {NameOf(type)} [{string.Join(", ", shape)}] needs {needed} bytes, but its data_offsets [{start}, {end}] hold {end - start}");
        if (end > long.MaxValue - dataStart) throw Wrong($"ends at {end}, outside any file");

        return new Entry(info, dataStart + start, end - start);
    }

    /// <summary>The format wants the tensors one behind the other, from the header's end to the file's end.</summary>
    private static void CheckPlaces(Dictionary<string, Entry> entries, string path, long dataStart, long fileLength)
    {
        var expected = dataStart;
        foreach (var (name, entry) in entries.OrderBy(entry => entry.Value.Offset).ThenBy(entry => entry.Value.Bytes))
        {
            if (entry.Offset < expected) throw new CheckpointException($"{path}: tensor '{name}' overlaps the one before it ({entry.Offset - dataStart} is before {expected - dataStart})");
            if (entry.Offset > expected) throw new CheckpointException($"{path}: {entry.Offset - expected} bytes before tensor '{name}' belong to none");
            expected = entry.Offset + entry.Bytes;
            if (expected > fileLength) throw new CheckpointException($"{path}: tensor '{name}' should end at byte {expected}, but the file has {fileLength}");
        }

        if (expected != fileLength) throw new CheckpointException($"{path}: {fileLength - expected} bytes after the last tensor belong to none");
    }

    private static long? Whole(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var value) && value >= 0 ? value : null;

    private static ElementType? TypeOf(string name) => name switch
    {
        "F32" => ElementType.F32,
        "F16" => ElementType.F16,
        "BF16" => ElementType.BF16,
        "F64" => ElementType.F64,
        "I64" => ElementType.I64,
        "I32" => ElementType.I32,
        "I16" => ElementType.I16,
        "I8" => ElementType.I8,
        "U8" => ElementType.U8,
        "BOOL" => ElementType.Bool,
        _ => null,
    };
}
