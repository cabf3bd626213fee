using System.Globalization;
using Curation.Yaml;

namespace Curation.Pipeline.Policies;

/// <summary>Takes fields out of a mapping and writes down what is wrong with them.</summary>
internal sealed class PolicyFields(List<YamlError> errors)
{
    /// <summary>The values by name; unknown names and names that stand twice become errors.</summary>
    /// <param name="node">The node that should be a mapping.</param>
    /// <param name="what">What the mapping is, for messages.</param>
    /// <param name="valid">The names that it may hold.</param>
    /// <returns>Empty where the node is no mapping.</returns>
    public IReadOnlyDictionary<string, YamlNode> Open(YamlNode node, string what, IReadOnlyCollection<string> valid)
    {
        var fields = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (key, value) in Entries(node, what, valid))
        {
            if (valid.Contains(key.Text)) fields[key.Text] = value;
            else Add(key, $"'{key.Text}' is not a key of {what}; {NearestName.Suggest(key.Text, valid)}");
        }

        return fields;
    }

    /// <summary>The entries of a mapping, each name once.</summary>
    /// <param name="node">The node that should be a mapping.</param>
    /// <param name="what">What the mapping is, for messages.</param>
    /// <param name="examples">Names it may hold, for messages.</param>
    /// <returns>Empty where the node is no mapping.</returns>
    public IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries(YamlNode node, string what, IReadOnlyCollection<string> examples)
    {
        if (node is not YamlMapping mapping)
        {
            Add(node, $"{what} must be a set of names such as {{ {examples.First()}: ... }}, not {node.Kind}");
            return [];
        }

        var seen = new Dictionary<string, YamlScalar>(StringComparer.Ordinal);
        var entries = new List<(YamlScalar, YamlNode)>();
        foreach (var (key, value) in mapping.Entries)
        {
            if (seen.TryAdd(key.Text, key)) entries.Add((key, value));
            else Add(key, string.Create(null, $"'{key.Text}' stands twice in {what}; the first is in line {seen[key.Text].Line}"));
        }

        return entries;
    }

    /// <summary>A finite number.</summary>
    /// <param name="node">The node that should be a number.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="unit">Its unit, for messages.</param>
    /// <returns>Null where it is none.</returns>
    public double? Number(YamlNode node, string what, string unit)
    {
        if (node is YamlScalar { IsPlain: true } scalar)
        {
            if (double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) return number;

            var digits = scalar.Text.AsSpan().TrimEnd("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ%°/ ").Length;
            if (digits > 0 && digits < scalar.Text.Length && double.TryParse(scalar.Text.AsSpan(0, digits), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            {
                Add(node, $"{what} is '{scalar.Text}'; write a number without a unit, it is read in {unit}");
                return null;
            }
        }

        Add(node, $"{what} must be a finite number in {unit}, not {node.Kind}");
        return null;
    }

    /// <summary>One of a few words.</summary>
    /// <param name="node">The node that should be a word.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="valid">The words.</param>
    /// <returns>The word; null where it is none of them.</returns>
    public string? Word(YamlNode node, string what, IReadOnlyCollection<string> valid)
    {
        if (node is not YamlScalar scalar)
        {
            Add(node, $"{what} must be one of {string.Join(", ", valid)}, not {node.Kind}");
            return null;
        }

        if (valid.Contains(scalar.Text)) return scalar.Text;

        Add(node, $"'{scalar.Text}' is not a value of {what}; {NearestName.Suggest(scalar.Text, valid)}");
        return null;
    }

    /// <summary>Writes an error down.</summary>
    /// <param name="node">Where it is.</param>
    /// <param name="message">What is wrong and what would be right.</param>
    public void Add(YamlNode node, string message) => errors.Add(new YamlError(node.Line, node.Column, message));
}
