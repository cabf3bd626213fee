using System.Text.Json;
using System.Text.RegularExpressions;
using Curation.Models.Running;

namespace Curation.Models.Catalogue;

/// <summary>Turns catalog.json into slots and collects everything that is wrong on the way.</summary>
internal sealed partial class CatalogReader
{
    private static readonly HashSet<string> Types = ["float32", "float16", "int64", "int32", "uint8", "bool"];
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly List<string> _errors = [];

    public static IReadOnlyList<CatalogSlot> Read(Stream json, string name)
    {
        CatalogDocument? document;
        try
        {
            document = JsonSerializer.Deserialize<CatalogDocument>(json, SnakeCase);
        }
        catch (JsonException wrong)
        {
            throw new CatalogException(name, [wrong.Message]);
        }

        var reader = new CatalogReader();
        var slots = reader.Slots(document ?? new CatalogDocument());
        return reader._errors.Count == 0 ? slots : throw new CatalogException(name, reader._errors);
    }

    private List<CatalogSlot> Slots(CatalogDocument document)
    {
        NoUnknown("the catalogue", document.Unknown);
        if (document.Slots is not { Count: > 0 }) Error("the catalogue", "has no 'slots'");
        var slots = (document.Slots ?? []).Select((entry, index) => Slot(entry ?? new CatalogDocument.SlotEntry(), index)).ToList();
        foreach (var twin in slots.GroupBy(slot => slot.Slot).Where(group => group.Count() > 1)) Error($"slot '{twin.Key}'", "stands here more than once");
        return slots;
    }

    private CatalogSlot Slot(CatalogDocument.SlotEntry entry, int index)
    {
        var where = entry.Slot is { Length: > 0 } ? $"slot '{entry.Slot}'" : $"slot number {index + 1}";
        NoUnknown(where, entry.Unknown);
        var slot = Text(where, "slot", entry.Slot);
        if (slot.Length > 0 && !SlotName().IsMatch(slot)) Error(where, "its name may have small letters, digits, '_' and '.' only");
        if (entry.NonCommercial is null) Error(where, "does not say 'non_commercial'");
        if (entry.SampleRate is <= 0) Error(where, $"'sample_rate' {entry.SampleRate} is not a rate");
        if (entry.PictureSize is <= 0) Error(where, $"'picture_size' {entry.PictureSize} is not a size");
        if (entry.CitedBy is not { Count: > 0 }) Error(where, "has no 'cited_by'");
        if (!Enum.TryParse<SlotKind>(entry.Kind, ignoreCase: true, out var kind) || int.TryParse(entry.Kind, out _)) Error(where, $"'kind' is {Quote(entry.Kind)}, not file, imported or endpoint");

        var files = Files(where, entry.Files);
        var checkpoints = Files(where, entry.Checkpoints);
        Fits(where, kind, entry, files, checkpoints);
        return new CatalogSlot(
            slot,
            Text(where, "model", entry.Model),
            Text(where, "version", entry.Version),
            Text(where, "licence", entry.Licence),
            entry.NonCommercial ?? false,
            Address(where, "project", entry.Project) ?? new Uri("about:blank"),
            kind)
        {
            CitedBy = entry.CitedBy ?? [],
            Files = files,
            Checkpoints = checkpoints,
            SampleRate = entry.SampleRate,
            PictureSize = entry.PictureSize,
            Endpoint = entry.Endpoint,
        };
    }

    private void Fits(string where, SlotKind kind, CatalogDocument.SlotEntry entry, List<CatalogFile> files, List<CatalogFile> checkpoints)
    {
        if (kind == SlotKind.Endpoint)
        {
            Text(where, "endpoint", entry.Endpoint);
            if (files.Count + checkpoints.Count > 0) Error(where, "is an endpoint and has files");
            return;
        }

        if (files.Count == 0) Error(where, "has no 'files'");
        if (entry.Endpoint is not null) Error(where, "has files and an 'endpoint'");
        if ((kind == SlotKind.Imported) != (checkpoints.Count > 0)) Error(where, "'checkpoints' belong to imported slots, and only to them");
        if (kind == SlotKind.File)
        {
            foreach (var file in files.Where(file => file.Url is null && file.ByHand is null)) Error($"{where}, file '{file.Name}'", "has neither an address nor 'by_hand'");
        }
    }

    private List<CatalogFile> Files(string where, List<CatalogDocument.FileEntry?>? entries)
    {
        var files = (entries ?? []).Select(entry => File(where, entry ?? new CatalogDocument.FileEntry())).ToList();
        foreach (var twin in files.GroupBy(file => file.Name).Where(group => group.Count() > 1)) Error(where, $"has the file '{twin.Key}' more than once");
        return files;
    }

    private CatalogFile File(string slot, CatalogDocument.FileEntry entry)
    {
        var where = $"{slot}, file {Quote(entry.Name)}";
        NoUnknown(where, entry.Unknown);
        var name = Text(where, "name", entry.Name);
        if (name.Length > 0 && (!FileName().IsMatch(name) || name.Contains("..", StringComparison.Ordinal))) Error(where, "its name is not a plain file name");
        if (entry.Sha256 is not null && !Sha256().IsMatch(entry.Sha256)) Error(where, "'sha256' is not 64 small hex digits");
        return new CatalogFile(name, entry.Url is null ? null : Address(where, "url", entry.Url), entry.Sha256)
        {
            ByHand = entry.ByHand,
            Optional = entry.Optional ?? false,
            Note = entry.Note,
            Inputs = [.. (entry.Inputs ?? []).Select(tensor => Tensor(where, tensor ?? new CatalogDocument.TensorEntry()))],
            Outputs = [.. (entry.Outputs ?? []).Select(tensor => Tensor(where, tensor ?? new CatalogDocument.TensorEntry()))],
        };
    }

    private TensorContract Tensor(string file, CatalogDocument.TensorEntry entry)
    {
        var where = $"{file}, tensor {Quote(entry.Name)}";
        NoUnknown(where, entry.Unknown);
        var type = Text(where, "type", entry.Type);
        foreach (var unknown in type.Split('|').Where(one => one.Length > 0 && !Types.Contains(one))) Error(where, $"there is no type '{unknown}'");
        if (entry.Shape is null) Error(where, "has no 'shape'");
        foreach (var size in (entry.Shape ?? []).Where(size => size is 0 or < -1)) Error(where, $"a size is {size}, neither -1 nor above 0");
        if (entry.Probe is not null && (entry.Probe.Count != entry.Shape?.Count || entry.Probe.Exists(size => size < 1))) Error(where, "'probe' does not give every size of 'shape'");
        return new TensorContract(Text(where, "name", entry.Name), type, entry.Shape ?? []) { Probe = entry.Probe, ProbeValue = entry.ProbeValue ?? 1 };
    }

    private Uri? Address(string where, string key, string? text)
    {
        if (Uri.TryCreate(Text(where, key, text), UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps) return address;

        if (text is { Length: > 0 }) Error(where, $"'{key}' {text} is not an https address");
        return null;
    }

    private string Text(string where, string key, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) Error(where, $"has no '{key}'");
        return text ?? "";
    }

    private void NoUnknown(string where, Dictionary<string, JsonElement>? unknown)
    {
        foreach (var key in unknown?.Keys ?? Enumerable.Empty<string>()) Error(where, $"there is no key '{key}'");
    }

    private void Error(string where, string what) => _errors.Add($"{where}: {what}");

    private static string Quote(string? text) => text is null ? "missing" : $"'{text}'";

    [GeneratedRegex("^[a-z][a-z0-9_.]*$")]
    private static partial Regex SlotName();

    [GeneratedRegex("^[A-Za-z0-9_][A-Za-z0-9_.+-]*$")]
    private static partial Regex FileName();

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Sha256();
}
