using System.Text.Json;
using System.Text.Json.Serialization;

namespace Curation.Grains.FileState;

/// <summary>How state stands in files: JSON that people can read, and that names whose it is.</summary>
internal static class StateJson
{
    // Names of enum members stay true when members are added; their numbers might not.
    private static readonly JsonSerializerOptions Options = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>The bytes of a file.</summary>
    public static byte[] Write<T>(T content) => JsonSerializer.SerializeToUtf8Bytes(content, Options);

    /// <summary>What a file holds.</summary>
    /// <returns>Null, and the fault, where it does not hold that.</returns>
    public static T? Read<T>(ReadOnlyMemory<byte> content, out string? fault)
        where T : class
    {
        fault = content.IsEmpty ? "it is empty" : null;
        if (fault is not null) return null;

        try
        {
            var value = JsonSerializer.Deserialize<T>(content.Span, Options);
            if (value is null) fault = "it holds nothing";
            return value;
        }
        catch (JsonException broken)
        {
            fault = broken.Message;
            return null;
        }
    }
}
