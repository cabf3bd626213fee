using System.Text.Json;
using System.Text.Json.Serialization;
using Curation.Clips;

namespace Curation.Dataset.Fragments;

/// <summary>A span as two numbers of 100 ns ticks, which is exact.</summary>
internal sealed class ClipSpanConverter : JsonConverter<ClipSpan>
{
    /// <inheritdoc />
    public override ClipSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("A span is [start, end] in ticks.");

        var span = new ClipSpan(ReadTicks(ref reader), ReadTicks(ref reader));
        if (!reader.Read() || reader.TokenType != JsonTokenType.EndArray) throw new JsonException("A span is [start, end] in ticks.");

        return span;
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, ClipSpan value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Start.Ticks);
        writer.WriteNumberValue(value.End.Ticks);
        writer.WriteEndArray();
    }

    private static TimeSpan ReadTicks(ref Utf8JsonReader reader)
    {
        reader.Read();
        return TimeSpan.FromTicks(reader.GetInt64());
    }
}
