using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Klear.Model.Data;

/// <summary>JSON of caches: snake_case, captions in their own letters.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LatentIndex))]
[JsonSerializable(typeof(LatentIdentity))]
[JsonSerializable(typeof(SampleCursor))]
internal sealed partial class LatentJson : JsonSerializerContext
{
    /// <summary>The context to use: text is not escaped beyond what JSON needs.</summary>
    public static LatentJson Plain { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
