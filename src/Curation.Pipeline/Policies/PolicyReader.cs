using System.Globalization;
using Curation.Clips.Deciding;
using Curation.Yaml;

namespace Curation.Pipeline.Policies;

/// <summary>Turns the nodes of a policy file into a policy, and collects every error on the way.</summary>
internal sealed class PolicyReader
{
    private const string Seconds = "seconds";
    private const int MaxNameLength = 64;

    // An hour: longer clips are no clips, and every sum of ticks stays far from overflow.
    private const double MaxClipSeconds = 3600;

    private static readonly string[] Keys = ["name", "clip", "unmeasured", "limits", "prices"];
    private static readonly string[] ClipKeys = ["min_seconds", "max_seconds"];

    private readonly PolicyFields _fields;
    private readonly LimitReader _limits;
    private readonly PriceReader _prices;

    /// <summary>Starts a reader.</summary>
    /// <param name="errors">Where errors are written down.</param>
    public PolicyReader(List<YamlError> errors)
    {
        _fields = new PolicyFields(errors);
        _limits = new LimitReader(_fields);
        _prices = new PriceReader(_fields);
    }

    /// <summary>The file's table of prices; null where it has none. It is no part of the policy.</summary>
    public PriceTable? Prices { get; private set; }

    /// <summary>Reads the root of a policy file.</summary>
    /// <param name="root">The root.</param>
    /// <returns>The policy; worth something only where no error was written down.</returns>
    public Policy Read(YamlNode root)
    {
        var given = _fields.Open(root, "a policy", Keys);
        var (min, max) = ReadClip(given);
        Prices = given.TryGetValue("prices", out var prices) ? _prices.Read(prices) : null;
        var policy = new Policy(ReadName(root, given))
        {
            ClipMin = min,
            ClipMax = max,
            Unmeasured = given.TryGetValue("unmeasured", out var rule) ? _limits.ReadRule(rule, "unmeasured") ?? default : UnmeasuredRule.Hold,
            Limits = ReadLimits(root, given),
            Sha256 = "",
        };
        return policy with { Sha256 = CanonicalPolicy.Sha256(policy) };
    }

    private string ReadName(YamlNode root, IReadOnlyDictionary<string, YamlNode> given)
    {
        if (!given.TryGetValue("name", out var node))
        {
            if (root is YamlMapping) _fields.Add(root, "the policy has no name; add 'name: ...'");
            return "";
        }

        if (node is YamlScalar { Text: { Length: > 0 and <= MaxNameLength } text } && !text.Any(char.IsControl)) return text;

        _fields.Add(node, string.Create(null, $"name must be 1 to {MaxNameLength} characters on one line"));
        return "";
    }

    private (TimeSpan Min, TimeSpan Max) ReadClip(IReadOnlyDictionary<string, YamlNode> given)
    {
        var defaults = new Policy("") { Sha256 = "" };
        if (!given.TryGetValue("clip", out var node)) return (defaults.ClipMin, defaults.ClipMax);

        var clip = _fields.Open(node, "clip", ClipKeys);
        var min = ReadSeconds(clip, "min_seconds") ?? defaults.ClipMin;
        var max = ReadSeconds(clip, "max_seconds") ?? defaults.ClipMax;
        if (min >= max)
        {
            var place = clip.GetValueOrDefault("min_seconds") ?? clip.GetValueOrDefault("max_seconds") ?? node;
            _fields.Add(place, string.Create(CultureInfo.InvariantCulture, $"clip.min_seconds {min.TotalSeconds} must be below clip.max_seconds {max.TotalSeconds}"));
        }

        return (min, max);
    }

    private TimeSpan? ReadSeconds(IReadOnlyDictionary<string, YamlNode> clip, string key)
    {
        if (!clip.TryGetValue(key, out var node)) return null;
        if (_fields.Number(node, $"clip.{key}", Seconds) is not { } number) return null;
        if (number is > 0 and <= MaxClipSeconds) return TimeSpan.FromSeconds(number);

        _fields.Add(node, string.Create(CultureInfo.InvariantCulture, $"clip.{key} is {number}; it must be above 0 and at most {MaxClipSeconds} seconds"));
        return null;
    }

    private List<Limit> ReadLimits(YamlNode root, IReadOnlyDictionary<string, YamlNode> given)
    {
        if (!given.TryGetValue("limits", out var node))
        {
            if (root is YamlMapping) _fields.Add(root, "the policy has no limits; add 'limits:', or 'limits: {}' to keep everything");
            return [];
        }

        var limits = new List<Limit>();
        foreach (var (key, value) in _fields.Entries(node, "limits", LimitReader.Names))
        {
            if (_limits.Read(key, value) is { } limit) limits.Add(limit);
        }

        return limits;
    }
}
