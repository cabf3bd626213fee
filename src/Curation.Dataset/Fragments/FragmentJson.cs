using System.Text.Json.Serialization;
using Curation.Clips;

namespace Curation.Dataset.Fragments;

/// <summary>JSON of fragments and stamps. Doubles are written in their shortest form that reads back exactly.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(ClipIdConverter), typeof(ClipSpanConverter)])]
[JsonSerializable(typeof(SourceOutcome))]
[JsonSerializable(typeof(ClipRecord))]
[JsonSerializable(typeof(SourceStamp))]
internal sealed partial class FragmentJson : JsonSerializerContext;
