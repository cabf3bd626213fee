using System.Globalization;
using Curation.Yaml;

namespace Klear.Model.Training.Plans;

/// <summary>Takes the values out of one mapping of a plan and writes down what is wrong with them. A key that is never asked for is unknown: call <see cref="Close"/> at the end.</summary>
internal sealed class PlanSection
{
    private readonly List<YamlError> _errors;
    private readonly YamlNode _node;
    private readonly string _path;
    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);
    private readonly List<string> _asked = [];

    /// <summary>Opens a mapping.</summary>
    /// <param name="node">What should be one.</param>
    /// <param name="path">Where it stands, such as <c>stages[0].tasks</c>; empty for the root.</param>
    /// <param name="errors">Where errors are written down.</param>
    public PlanSection(YamlNode node, string path, List<YamlError> errors)
    {
        (_node, _path, _errors) = (node, path, errors);
        if (node is not YamlMapping mapping)
        {
            Add(node, $"{Called} must be a set of names and values, not {node.Kind}");
            return;
        }

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (key, value) in mapping.Entries)
        {
            if (seen.TryAdd(key.Text, key.Line)) _values.Add(key.Text, value);
            else Add(key, string.Create(null, $"'{key.Text}' stands twice in {Called}; the first is in line {seen[key.Text]}"));
        }
    }

    /// <summary>Where it stands.</summary>
    public YamlNode Node => _node;

    /// <summary>Whether it is a mapping at all.</summary>
    public bool IsMapping => _node is YamlMapping;

    private string Called => _path.Length == 0 ? "a plan" : _path;

    /// <summary>The node of a key; it counts as asked for.</summary>
    public YamlNode? Find(string key)
    {
        if (!_asked.Contains(key)) _asked.Add(key);
        return _values.GetValueOrDefault(key);
    }

    /// <summary>The node of a key that must be there.</summary>
    public YamlNode? Require(string key, string example)
    {
        var node = Find(key);
        if (node is null && IsMapping) Add(_node, $"{Called} has no {key}; add '{key}: {example}'");
        return node;
    }

    /// <summary>The mapping of a key; null where there is none.</summary>
    public PlanSection? Section(string key) => Find(key) is { } node ? new PlanSection(node, PathOf(key), _errors) : null;

    /// <summary>A number of a key.</summary>
    public double Number(string key, double otherwise, PlanRange range) => Find(key) is { } node ? Number(node, PathOf(key), range) ?? otherwise : otherwise;

    /// <summary>A number.</summary>
    public double? Number(YamlNode node, string path, PlanRange range)
    {
        if (node is not YamlScalar { IsPlain: true, IsMissing: false } scalar || !double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            Add(node, $"{path} must be a number {range}, not {node.Kind}");
            return null;
        }

        // Adding zero turns -0 into 0: the two are the same setting.
        if (range.Holds(number)) return number + 0.0;

        Add(node, $"{path} is {scalar.Text}; it must be a number {range}");
        return null;
    }

    /// <summary>A whole number of a key.</summary>
    public long Whole(string key, long otherwise, long low, long high) => Find(key) is { } node ? Whole(node, PathOf(key), low, high) ?? otherwise : otherwise;

    /// <summary>A whole number.</summary>
    public long? Whole(YamlNode node, string path, long low, long high)
    {
        if (node is YamlScalar { IsPlain: true } scalar && long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= low && number <= high) return number;

        Add(node, string.Create(null, $"{path} must be a whole number from {low} to {high}, not {node.Kind}"));
        return null;
    }

    /// <summary>One of a few words.</summary>
    public T Choice<T>(string key, T otherwise, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        if (Find(key) is not { } node) return otherwise;
        if (node is YamlScalar scalar && words.TryGetValue(scalar.Text, out var value)) return value;

        Add(node, $"{PathOf(key)} is {node.Kind}; {NearestName.SuggestAmong((node as YamlScalar)?.Text ?? "", [.. words.Keys])}");
        return otherwise;
    }

    /// <summary>A name of 1 to 64 characters on one line.</summary>
    public string Name(string key)
    {
        if (Require(key, "...") is not { } node) return "";
        if (node is YamlScalar { IsMissing: false, Text: { Length: > 0 and <= 64 } text } && !text.Any(char.IsControl)) return text;

        Add(node, $"{PathOf(key)} must be 1 to 64 characters on one line, not {node.Kind}");
        return "";
    }

    /// <summary>A file or folder of a key; null where there is none.</summary>
    public string? Path(string key)
    {
        if (Find(key) is not { } node) return null;
        if (node is YamlScalar { IsMissing: false, Text: { Length: > 0 } text } && !text.Any(char.IsControl)) return text;

        Add(node, $"{PathOf(key)} must be the path of a file or folder, not {node.Kind}");
        return null;
    }

    /// <summary>Names with weights, in the order of <paramref name="names"/>; weights of 0 are left out.</summary>
    public IReadOnlyDictionary<T, double>? Weights<T>(string key, IReadOnlyDictionary<string, T> names)
        where T : struct
    {
        if (Section(key) is not { } section) return null;

        var before = _errors.Count;
        var weights = new OrderedDictionary<T, double>();
        foreach (var (name, value) in names)
        {
            if (section.Number(name, 0, new PlanRange(0, 1e6)) is > 0 and var weight) weights.Add(value, weight);
        }

        section.Close();
        if (weights.Count == 0 && _errors.Count == before && section.IsMapping) Add(section.Node, $"{section._path} must have a weight above 0; {NearestName.SuggestAmong("", [.. names.Keys])}");
        return weights;
    }

    /// <summary>Every name and value that was not asked for, which counts as asking.</summary>
    public IEnumerable<(string Key, YamlNode Node)> Rest()
    {
        List<string> rest = [.. _values.Keys.Except(_asked)];
        _asked.AddRange(rest);
        return rest.Select(key => (key, _values[key]));
    }

    /// <summary>Refuses the keys that nobody asked for.</summary>
    public void Close()
    {
        if (_node is not YamlMapping mapping) return;

        foreach (var (key, _) in mapping.Entries.Where(entry => !_asked.Contains(entry.Key.Text)).DistinctBy(entry => entry.Key.Text))
        {
            Add(key, $"'{key.Text}' is not a key of {Called}; {NearestName.SuggestAmong(key.Text, _asked)}");
        }
    }

    /// <summary>How a key is called in messages.</summary>
    public string PathOf(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    /// <summary>Writes an error down.</summary>
    public void Add(YamlNode node, string message) => _errors.Add(new YamlError(node.Line, node.Column, message));
}
