using System.Text.Json;
using System.Text.Json.Serialization;

namespace Curation.Models.Catalogue;

/// <summary>catalog.json as it is written, unchecked: everything may be missing.</summary>
internal sealed record CatalogDocument
{
    public List<SlotEntry?>? Slots { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    internal sealed record SlotEntry
    {
        public string? Slot { get; init; }

        public string? Model { get; init; }

        public string? Version { get; init; }

        public string? Kind { get; init; }

        public string? Licence { get; init; }

        public bool? NonCommercial { get; init; }

        public string? Project { get; init; }

        public List<string>? CitedBy { get; init; }

        public int? SampleRate { get; init; }

        public int? PictureSize { get; init; }

        public string? Endpoint { get; init; }

        public List<FileEntry?>? Checkpoints { get; init; }

        public List<FileEntry?>? Files { get; init; }

        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Unknown { get; init; }
    }

    internal sealed record FileEntry
    {
        public string? Name { get; init; }

        public string? Url { get; init; }

        public string? Sha256 { get; init; }

        public string? ByHand { get; init; }

        public bool? Optional { get; init; }

        public string? Note { get; init; }

        public List<TensorEntry?>? Inputs { get; init; }

        public List<TensorEntry?>? Outputs { get; init; }

        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Unknown { get; init; }
    }

    internal sealed record TensorEntry
    {
        public string? Name { get; init; }

        public string? Type { get; init; }

        public List<int>? Shape { get; init; }

        public List<int>? Probe { get; init; }

        public long? ProbeValue { get; init; }

        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Unknown { get; init; }
    }
}
