using System.Globalization;

namespace Curation.Architecture.Tests.Deployment;

/// <summary>A mapping of a YAML document; what is absent reads as an empty one.</summary>
internal sealed class YamlMap(object? node)
{
    private readonly Dictionary<object, object> _entries = node as Dictionary<object, object> ?? [];

    /// <summary>Whether nothing stands here.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>The keys.</summary>
    public IEnumerable<string> Keys => _entries.Keys.Select(key => key.ToString()!);

    /// <summary>The entries that are mappings themselves.</summary>
    public IEnumerable<(string Key, YamlMap Value)> Maps => _entries.Select(entry => (entry.Key.ToString()!, new YamlMap(entry.Value)));

    /// <summary>The mapping below some keys.</summary>
    public YamlMap At(params ReadOnlySpan<string> keys)
    {
        var at = this;
        foreach (var key in keys) at = new YamlMap(at._entries.GetValueOrDefault(key));
        return at;
    }

    /// <summary>A scalar as text; null where there is none.</summary>
    public string? Text(string key) => _entries.GetValueOrDefault(key) is string text ? text : null;

    /// <summary>A whole number; null where there is none.</summary>
    public int? Number(string key) => int.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A list of mappings.</summary>
    public IEnumerable<YamlMap> List(string key) => _entries.GetValueOrDefault(key) is List<object> list ? list.Select(item => new YamlMap(item)) : [];

    /// <summary>A list of scalars.</summary>
    public IEnumerable<string> Texts(string key) => _entries.GetValueOrDefault(key) is List<object> list ? list.OfType<string>() : [];
}
