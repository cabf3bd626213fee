using System.Globalization;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Pipeline.Policies;
using Curation.Yaml;

namespace Curation.Pipeline.WhatIf;

/// <summary>A policy as its differences from another one, in words that fit into an address: <c>limit=snr_db:min=12</c> moves or adds a limit, <c>without=mos</c> takes one away.</summary>
/// <remarks>
/// A limit takes <c>min</c>, <c>max</c>, <c>max_abs</c>, <c>min_confidence</c>, <c>unmeasured</c> and <c>for</c>, separated by commas, with splits joined by <c>+</c>.
/// What is not given stays as the policy has it; an empty value takes a bound away.
/// </remarks>
public static class WhatIfDraft
{
    private const string Source = "what-if";

    private static readonly string[] Keys = ["min", "max", "max_abs", "min_confidence", "for", "unmeasured"];

    /// <summary>Lays differences over a policy.</summary>
    /// <param name="policy">The policy of now.</param>
    /// <param name="limits">Limits that are moved or added, such as <c>snr_db:min=12</c>.</param>
    /// <param name="without">Names of limits that are taken away.</param>
    /// <returns>The other policy; limits that are added stand last.</returns>
    /// <exception cref="PolicyException">No policy may say that; holds what is wrong.</exception>
    public static Policy Apply(Policy policy, IReadOnlyCollection<string> limits, IReadOnlyCollection<string> without)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(without);

        var draft = policy.Limits.Where(limit => !without.Contains(limit.Name)).ToList();
        foreach (var words in limits)
        {
            var (name, fields) = Split(words);
            var place = draft.FindIndex(limit => limit.Name == name);
            var limit = fields.Aggregate(place < 0 ? new Limit(name) : draft[place], (limit, field) => With(limit, field));
            if (place < 0) draft.Add(limit);
            else draft[place] = limit;
        }

        return Checked(policy with { Limits = draft });
    }

    /// <summary>The differences between two policies, as <see cref="Apply"/> reads them.</summary>
    /// <param name="policy">The policy of now.</param>
    /// <param name="draft">The other one.</param>
    /// <returns>Keys and values of a query, not encoded.</returns>
    public static IReadOnlyList<KeyValuePair<string, string>> Query(Policy policy, Policy draft)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(draft);

        var words = new List<KeyValuePair<string, string>>();
        foreach (var limit in draft.Limits)
        {
            var was = policy.Limits.FirstOrDefault(other => other.Name == limit.Name);
            var fields = string.Join(',', Fields(was ?? new Limit(limit.Name), limit));
            if (was is null || fields.Length > 0) words.Add(new("limit", $"{limit.Name}:{fields}"));
        }

        words.AddRange(policy.Limits.Where(limit => draft.Limits.All(other => other.Name != limit.Name)).Select(limit => new KeyValuePair<string, string>("without", limit.Name)));
        return words;
    }

    /// <summary>Checks a policy that was put together as a file would be checked, and names it by what it says.</summary>
    /// <param name="draft">The policy.</param>
    /// <returns>The same with its digest.</returns>
    /// <exception cref="PolicyException">No policy may say that.</exception>
    public static Policy Checked(Policy draft)
    {
        ArgumentNullException.ThrowIfNull(draft);

        return PolicyFile.Parse(PolicyWriter.Text(draft, [], new Dictionary<string, string>()), Source);
    }

    /// <summary>Whether two limits of the same name decide alike.</summary>
    internal static bool IsSame(Policy policy, Limit limit, Policy otherPolicy, Limit other) =>
        (limit.Min, limit.Max, limit.MaxAbs) == (other.Min, other.Max, other.MaxAbs) && SameRules(policy, limit, otherPolicy, other);

    /// <summary>Whether two limits of the same name ask the same clips, whatever their bounds are.</summary>
    internal static bool SameRules(Policy policy, Limit limit, Policy otherPolicy, Limit other) =>
        limit.MinConfidence == other.MinConfidence
        && (limit.Unmeasured ?? policy.Unmeasured) == (other.Unmeasured ?? otherPolicy.Unmeasured)
        && limit.For.Order().SequenceEqual(other.For.Order());

    private static (string Name, IEnumerable<string> Fields) Split(string words)
    {
        var colon = words.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (words, []) : (words[..colon], words[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    private static Limit With(Limit limit, string field)
    {
        var (key, value) = field.IndexOf('=', StringComparison.Ordinal) is var at and >= 0 ? (field[..at], field[(at + 1)..]) : (field, "");
        return key switch
        {
            "min" => limit with { Min = Number() },
            "max" => limit with { Max = Number() },
            "max_abs" => limit with { MaxAbs = Number() },
            "min_confidence" => limit with { MinConfidence = Number() },
            "for" => limit with { For = [.. value.Split('+', StringSplitOptions.RemoveEmptyEntries).Select(name => SplitNames.Find(name) ?? throw Wrong($"'{name}' is not a split; {NearestName.Suggest(name, SplitNames.All)}"))] },
            "unmeasured" => limit with { Unmeasured = Rule() },
            _ => throw Wrong($"'{key}' is not a key of a limit; {NearestName.Suggest(key, Keys)}"),
        };

        double? Number() => value.Length == 0 ? null
            : double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
            : throw Wrong($"{limit.Name}.{key} is '{value}'; it must be a number");

        UnmeasuredRule? Rule() => value switch
        {
            "" => null,
            "hold" => UnmeasuredRule.Hold,
            "pass" => UnmeasuredRule.Pass,
            "reject" => UnmeasuredRule.Reject,
            _ => throw Wrong($"{limit.Name}.unmeasured is '{value}'; it must be hold, pass or reject"),
        };
    }

    private static IEnumerable<string> Fields(Limit was, Limit limit)
    {
        if (limit.Min != was.Min) yield return $"min={Text(limit.Min)}";
        if (limit.Max != was.Max) yield return $"max={Text(limit.Max)}";
        if (limit.MaxAbs != was.MaxAbs) yield return $"max_abs={Text(limit.MaxAbs)}";
        if (limit.MinConfidence != was.MinConfidence) yield return $"min_confidence={Text(limit.MinConfidence)}";
        if (!limit.For.Order().SequenceEqual(was.For.Order())) yield return $"for={string.Join('+', limit.For.Select(split => split.ToName()))}";
        if (limit.Unmeasured != was.Unmeasured) yield return $"unmeasured={limit.Unmeasured?.ToString().ToLowerInvariant()}";
    }

    private static string Text(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static PolicyException Wrong(string message) => new(Source, [new YamlError(0, 0, message)]);
}
