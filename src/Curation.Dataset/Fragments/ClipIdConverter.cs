using System.Text.Json;
using System.Text.Json.Serialization;
using Curation.Clips;

namespace Curation.Dataset.Fragments;

/// <summary>A clip's name as plain text.</summary>
internal sealed class ClipIdConverter : JsonConverter<ClipId>
{
    /// <inheritdoc />
    public override ClipId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? throw new JsonException("A clip id is null."));

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, ClipId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
