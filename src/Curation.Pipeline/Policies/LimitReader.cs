using System.Globalization;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Yaml;

namespace Curation.Pipeline.Policies;

/// <summary>Reads one limit of a policy and checks it against what its measurement can be.</summary>
internal sealed class LimitReader(PolicyFields fields)
{
    private static readonly string[] Keys = ["min", "max", "max_abs", "min_confidence", "for", "unmeasured"];
    private static readonly string[] MeasurementNames = [.. MeasurementCatalog.All.Select(definition => definition.Name)];

    /// <summary>The words of <see cref="UnmeasuredRule"/>.</summary>
    public static IReadOnlyList<string> UnmeasuredWords { get; } = ["hold", "pass", "reject"];

    /// <summary>Names that a limit may have.</summary>
    public static IReadOnlyList<string> Names => MeasurementNames;

    /// <summary>Reads one limit.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">Its bounds.</param>
    /// <returns>Null where the name is not a measurement; otherwise what could be read.</returns>
    public Limit? Read(YamlScalar key, YamlNode value)
    {
        if (MeasurementCatalog.Find(key.Text) is not { } definition)
        {
            fields.Add(key, $"'{key.Text}' is not a measurement; {NearestName.Suggest(key.Text, MeasurementNames)}");
            return null;
        }

        var given = fields.Open(value, $"the limit {key.Text}", Keys);
        var limit = new Limit(key.Text)
        {
            Min = ReadBound(given, "min", definition),
            Max = ReadBound(given, "max", definition),
            MaxAbs = ReadMaxAbs(given, definition),
            MinConfidence = ReadMinConfidence(given, definition),
            For = ReadSplits(given, key.Text),
            Unmeasured = given.TryGetValue("unmeasured", out var rule) ? ReadRule(rule, $"{key.Text}.unmeasured") : null,
        };

        if (value is YamlMapping) CheckTogether(key, given, limit);
        return limit;
    }

    /// <summary>Reads what happens to clips without a measurement.</summary>
    /// <param name="node">The node.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <returns>Null where it is none of the words.</returns>
    public UnmeasuredRule? ReadRule(YamlNode node, string what) => fields.Word(node, what, UnmeasuredWords) switch
    {
        "hold" => UnmeasuredRule.Hold,
        "pass" => UnmeasuredRule.Pass,
        "reject" => UnmeasuredRule.Reject,
        _ => null,
    };

    private double? ReadBound(IReadOnlyDictionary<string, YamlNode> given, string bound, MeasurementDefinition definition)
    {
        if (!given.TryGetValue(bound, out var node)) return null;
        if (fields.Number(node, $"{definition.Name}.{bound}", definition.Unit) is not { } number) return null;

        if (number < definition.Minimum || number > definition.Maximum)
        {
            fields.Add(node, Format($"{definition.Name}.{bound} is {number}, but {definition.Name} is in {definition.Unit} and lies in {Range(definition)}"));
        }

        return number;
    }

    private double? ReadMaxAbs(IReadOnlyDictionary<string, YamlNode> given, MeasurementDefinition definition)
    {
        if (!given.TryGetValue("max_abs", out var node)) return null;
        if (fields.Number(node, $"{definition.Name}.max_abs", definition.Unit) is not { } number) return null;

        var largest = definition is { Minimum: { } minimum, Maximum: { } maximum } ? Math.Max(Math.Abs(minimum), Math.Abs(maximum)) : double.PositiveInfinity;
        if (number < 0) fields.Add(node, Format($"{definition.Name}.max_abs is {number}; an absolute value is never negative, so nothing could pass"));
        else if (number > largest) fields.Add(node, Format($"{definition.Name}.max_abs is {number}, but {definition.Name} is in {definition.Unit} and lies in {Range(definition)}"));
        return number;
    }

    private double? ReadMinConfidence(IReadOnlyDictionary<string, YamlNode> given, MeasurementDefinition definition)
    {
        if (!given.TryGetValue("min_confidence", out var node)) return null;

        if (definition.ConfidenceName is null)
        {
            var having = MeasurementCatalog.All.Where(other => other.ConfidenceName is not null).Select(other => other.Name);
            fields.Add(node, $"{definition.Name} comes without a confidence, so min_confidence says nothing; it is for: {string.Join(", ", having)}");
            return null;
        }

        if (fields.Number(node, $"{definition.Name}.min_confidence", "shares of 1") is not { } number) return null;
        if (number is < 0 or > 1) fields.Add(node, Format($"{definition.Name}.min_confidence is {number}, but a confidence lies in 0..1"));
        return number;
    }

    private List<Split> ReadSplits(IReadOnlyDictionary<string, YamlNode> given, string limit)
    {
        if (!given.TryGetValue("for", out var node)) return [];
        if (node is not YamlSequence { Items: { Count: > 0 } items })
        {
            fields.Add(node, $"{limit}.for must be a list such as [{SplitNames.All[0]}]; leave it out for all splits");
            return [];
        }

        var splits = new List<Split>();
        foreach (var item in items)
        {
            if (fields.Word(item, $"{limit}.for", SplitNames.All) is not { } name) continue;

            var split = SplitNames.Find(name)!.Value;
            if (splits.Contains(split)) fields.Add(item, $"'{name}' stands twice in {limit}.for");
            else splits.Add(split);
        }

        return splits;
    }

    private void CheckTogether(YamlScalar key, IReadOnlyDictionary<string, YamlNode> given, Limit limit)
    {
        if (limit.Min > limit.Max)
        {
            fields.Add(given["min"], Format($"{key.Text}.min {limit.Min} is above {key.Text}.max {limit.Max}, so nothing could pass"));
        }

        if (given.ContainsKey("max_abs") && (given.ContainsKey("min") || given.ContainsKey("max")))
        {
            fields.Add(given["max_abs"], $"{key.Text} has max_abs beside min or max; keep one of the two");
        }

        if (!given.ContainsKey("min") && !given.ContainsKey("max") && !given.ContainsKey("max_abs"))
        {
            fields.Add(key, $"{key.Text} has no bound; give it min, max or max_abs");
        }
    }

    private static string Range(MeasurementDefinition definition) => (definition.Minimum, definition.Maximum) switch
    {
        ({ } low, { } high) => Format($"{low}..{high}"),
        ({ } low, null) => Format($"{low} and above"),
        (null, { } high) => Format($"{high} and below"),
        _ => "any number",
    };

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
