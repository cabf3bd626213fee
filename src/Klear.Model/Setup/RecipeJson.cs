using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Klear.Model.Setup;

/// <summary>JSON of recipes: snake_case, indented, with the names of enumerations.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ModelRecipe))]
internal sealed partial class RecipeJson : JsonSerializerContext
{
    /// <summary>The context to use: paths and captions are not escaped beyond what JSON needs.</summary>
    public static RecipeJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<Model.RopeArrangement>(JsonNamingPolicy.SnakeCaseLower) },
    });
}
