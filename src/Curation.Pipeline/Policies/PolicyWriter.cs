using System.Globalization;
using System.Text;
using Curation.Clips;
using Curation.Clips.Deciding;

namespace Curation.Pipeline.Policies;

/// <summary>Writes a policy as the YAML that <see cref="PolicyFile"/> reads back to the same policy.</summary>
public static class PolicyWriter
{
    /// <summary>Writes a policy.</summary>
    /// <param name="policy">A policy that <see cref="PolicyFile"/> would accept.</param>
    /// <param name="head">Comment above everything, line by line.</param>
    /// <param name="comments">Comments above limits, by the limit's name.</param>
    /// <returns>YAML. What <see cref="PolicyFile.Parse"/> makes of it has the same <see cref="Policy.Sha256"/>, whatever the comments hold.</returns>
    public static string Text(Policy policy, IReadOnlyList<string> head, IReadOnlyDictionary<string, string> comments)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(comments);

        var text = new StringBuilder();
        foreach (var line in head) Comment(text, "", line);
        text.Append(CultureInfo.InvariantCulture, $"name: {Quote(policy.Name)}\n");
        text.Append(CultureInfo.InvariantCulture, $"clip: {{ min_seconds: {Seconds(policy.ClipMin)}, max_seconds: {Seconds(policy.ClipMax)} }}\n");
        text.Append(CultureInfo.InvariantCulture, $"unmeasured: {Word(policy.Unmeasured)}\n");
        text.Append(policy.Limits.Count == 0 ? "limits: {}\n" : "limits:\n");
        foreach (var limit in policy.Limits)
        {
            if (comments.TryGetValue(limit.Name, out var comment)) Comment(text, "  ", comment);
            text.Append(CultureInfo.InvariantCulture, $"  {limit.Name}: {{ {string.Join(", ", Fields(limit))} }}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Fields(Limit limit)
    {
        if (limit.Min is { } min) yield return $"min: {Number(min)}";
        if (limit.Max is { } max) yield return $"max: {Number(max)}";
        if (limit.MaxAbs is { } abs) yield return $"max_abs: {Number(abs)}";
        if (limit.MinConfidence is { } confidence) yield return $"min_confidence: {Number(confidence)}";
        if (limit.For.Count > 0) yield return $"for: [{string.Join(", ", limit.For.Select(split => split.ToName()))}]";
        if (limit.Unmeasured is { } rule) yield return $"unmeasured: {Word(rule)}";
    }

    private static void Comment(StringBuilder text, string indent, string comment)
    {
        // A line break of any kind would end the comment and begin a key.
        var line = string.Concat(comment.EnumerateRunes().Select(rune => Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 or 0xfeff or 0xfffd ? " " : rune.ToString()));
        text.Append(indent).Append($"# {line}".TrimEnd()).Append('\n');
    }

    private static string Quote(string name)
    {
        if (name.Length > 0 && char.IsAsciiLetter(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')) return name;

        var quoted = new StringBuilder("\"");
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\') quoted.Append('\\').Append((char)rune.Value);
            else if (rune.Value is >= 0x20 and < 0x7f) quoted.Append((char)rune.Value);
            else if (rune.IsBmp) quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
            else quoted.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}");
        }

        return quoted.Append('"').ToString();
    }

    private static string Seconds(TimeSpan time)
    {
        // Seconds are cut off at ticks when they are read, so a number a hair below one would lose it.
        var seconds = time.TotalSeconds;
        if (TimeSpan.FromSeconds(seconds) < time) seconds = Math.BitIncrement(seconds);
        return Number(seconds);
    }

    private static string Number(double value) => (value + 0.0).ToString("R", CultureInfo.InvariantCulture);

    private static string Word(UnmeasuredRule rule) => rule switch
    {
        UnmeasuredRule.Pass => "pass",
        UnmeasuredRule.Reject => "reject",
        _ => "hold",
    };
}
