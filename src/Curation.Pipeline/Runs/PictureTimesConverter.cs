using System.Text.Json;
using System.Text.Json.Serialization;

namespace Curation.Pipeline.Runs;

/// <summary>Writes times as the steps between their ticks: a long row of similar small numbers, which packs well.</summary>
internal sealed class PictureTimesConverter : JsonConverter<IReadOnlyList<TimeSpan>>
{
    public override IReadOnlyList<TimeSpan> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("Times are a list.");

        var times = new List<TimeSpan>();
        var ticks = 0L;
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            ticks += reader.GetInt64();
            times.Add(TimeSpan.FromTicks(ticks));
        }

        return reader.TokenType == JsonTokenType.EndArray ? times : throw new JsonException("Times are whole numbers.");
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<TimeSpan> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        var last = 0L;
        foreach (var time in value)
        {
            writer.WriteNumberValue(time.Ticks - last);
            last = time.Ticks;
        }

        writer.WriteEndArray();
    }
}
