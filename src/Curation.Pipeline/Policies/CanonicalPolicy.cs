using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Curation.Clips;
using Curation.Clips.Deciding;

namespace Curation.Pipeline.Policies;

/// <summary>The one text that a policy has, whatever the layout, the comments and the omitted defaults of its file.</summary>
/// <remarks>The order of the limits is part of it, because the first limit that fails names the rejection.</remarks>
public static class CanonicalPolicy
{
    /// <summary>Writes a policy in its canonical form, defaults filled in.</summary>
    /// <param name="policy">A policy; its own <see cref="Policy.Sha256"/> is not looked at.</param>
    /// <returns>One line for the head, one for each limit.</returns>
    public static string Text(Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"policy {JsonEncodedText.Encode(policy.Name)} clip {policy.ClipMin.Ticks}..{policy.ClipMax.Ticks} unmeasured {policy.Unmeasured}\n");
        foreach (var limit in policy.Limits)
        {
            text.Append(limit.Name);
            Append(text, "min", limit.Min);
            Append(text, "max", limit.Max);
            Append(text, "max_abs", limit.MaxAbs);
            Append(text, "min_confidence", limit.MinConfidence);
            if (limit.For.Count > 0) text.Append(" for ").AppendJoin(',', limit.For.Select(split => split.ToName()).Order(StringComparer.Ordinal));
            text.Append(CultureInfo.InvariantCulture, $" unmeasured {limit.Unmeasured ?? policy.Unmeasured}\n");
        }

        return text.ToString();
    }

    /// <summary>Names a policy by its canonical text.</summary>
    /// <param name="policy">A policy.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Sha256(Policy policy) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(policy))));

    // Adding zero turns -0 into 0: the two are the same limit.
    private static void Append(StringBuilder text, string key, double? value)
    {
        if (value is { } number) text.Append(CultureInfo.InvariantCulture, $" {key} {number + 0.0:R}");
    }
}
