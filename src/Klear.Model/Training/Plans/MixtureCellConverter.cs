using System.Text.Json;
using System.Text.Json.Serialization;

namespace Klear.Model.Training.Plans;

/// <summary>Writes cells by their names.</summary>
internal sealed class MixtureCellConverter : JsonConverter<MixtureCell>
{
    public override MixtureCell Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } name && MixtureCell.Find(name) is { } cell ? cell : throw new JsonException("a cell of a mixture must be written as task/split, such as t2av/singing");

    public override void Write(Utf8JsonWriter writer, MixtureCell value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
