using System.Text.Json;
using System.Text.Json.Serialization;
using Curation.Clips;

namespace Klear.Model.Data;

/// <summary>Splits under the names that policies and rows have.</summary>
internal sealed class SplitJsonConverter : JsonConverter<Split>
{
    public override Split Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var name = reader.GetString() ?? "";
        return SplitNames.Find(name) ?? throw new JsonException($"'{name}' is no split");
    }

    public override void Write(Utf8JsonWriter writer, Split value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToName());
}
