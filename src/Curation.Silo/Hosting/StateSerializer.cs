using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Storage;

namespace Curation.Silo.Hosting;

/// <summary>Small state as plain JSON, without names of types in it: another version and another build must be able to read it.</summary>
/// <remarks>Orleans' own names types, also those that the compiler makes for collection expressions, which no reader finds again.</remarks>
internal sealed class StateSerializer : IGrainStorageSerializer
{
    // Names of enum members stay true when members are added; their numbers might not.
    private static readonly JsonSerializerOptions Options = new() { Converters = { new JsonStringEnumConverter() } };

    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, Options));

    public T Deserialize<T>(BinaryData input) =>
        JsonSerializer.Deserialize<T>(input.ToMemory().Span, Options) ?? throw new JsonException($"The stored state of {typeof(T).Name} holds nothing.");
}
