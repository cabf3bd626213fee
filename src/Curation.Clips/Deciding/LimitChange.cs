using System.Globalization;

namespace Curation.Clips.Deciding;

/// <summary>The smallest change of one limit that would let a clip pass it.</summary>
/// <param name="Filter">The limit's name.</param>
/// <param name="Bound">The key in the policy: <c>min</c>, <c>max</c> or <c>max_abs</c>; <c>min_seconds</c> for <c>too_short</c>; <c>unmeasured</c> where the value is missing.</param>
/// <param name="Value">The value the bound would need; null for <c>unmeasured</c>, which would need <c>pass</c>.</param>
public sealed record LimitChange(string Filter, string Bound, double? Value)
{
    private const string Range = "..", AtLeast = ">= ", AtMost = "<= ", Absolute = "|x| <= ";

    /// <summary>What would let a clip pass a limit that it fails now.</summary>
    /// <param name="verdict">What the limit says of it.</param>
    /// <returns>Null where the clip passes, or the limit does not apply.</returns>
    public static LimitChange? Of(Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        if (verdict.Outcome == VerdictOutcome.Hold || (verdict.Outcome == VerdictOutcome.Reject && verdict.Reason?.StartsWith(PolicyJudge.NoMeasurement, StringComparison.Ordinal) == true))
        {
            return new LimitChange(verdict.Filter, "unmeasured", null);
        }

        if (verdict is not { Outcome: VerdictOutcome.Reject, Value: { } value }) return null;

        var limit = verdict.Limit;
        if (limit.StartsWith(Absolute, StringComparison.Ordinal)) return new LimitChange(verdict.Filter, "max_abs", Math.Abs(value));
        if (limit.StartsWith(AtMost, StringComparison.Ordinal)) return new LimitChange(verdict.Filter, "max", value);
        if (limit.StartsWith(AtLeast, StringComparison.Ordinal)) return new LimitChange(verdict.Filter, verdict.Filter == PolicyJudge.TooShort ? "min_seconds" : "min", value);

        var low = double.Parse(limit[..limit.IndexOf(Range, StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        return new LimitChange(verdict.Filter, value < low ? "min" : "max", value);
    }

    /// <summary>The change in words.</summary>
    /// <returns>For example <c>watermark: { max: 0.023 }</c>, as a policy file says it.</returns>
    public override string ToString() => Value is { } value
        ? string.Create(CultureInfo.InvariantCulture, $"{(Bound == "min_seconds" ? "clip" : Filter)}: {{ {Bound}: {value} }}")
        : $"{Filter}: {{ unmeasured: pass }}";
}
