using System.Globalization;
using Curation.Clips.Measuring;

namespace Curation.Clips.Deciding;

/// <summary>Turns measurements into verdicts. Pure: the same rows and the same policy always give the same verdicts.</summary>
public static class PolicyJudge
{
    /// <summary>Name of the filter that rejects scenes shorter than the policy's minimum.</summary>
    public const string TooShort = "too_short";

    /// <summary>How the reason of a rejection begins that lacks its measurement.</summary>
    public const string NoMeasurement = "unmeasured: ";

    /// <summary>Applies every limit of a policy to one clip.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="span">The clip's span.</param>
    /// <param name="split">Its kind of sound; null where it could not be told, which applies every limit.</param>
    /// <param name="measurements">What was measured of it.</param>
    /// <returns>All verdicts, and what follows from them: a rejection outweighs a hold. A fault that was measured names the rejection before one that lacks its measurement, perhaps only because nobody measures on once a clip is out.</returns>
    public static Judgement Judge(Policy policy, ClipSpan span, Split? split, IReadOnlyList<Measurement> measurements)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(measurements);

        var byName = measurements.ToDictionary(measurement => measurement.Name);
        var verdicts = new List<Verdict>(policy.Limits.Count + 1) { JudgeLength(policy, span) };
        foreach (var limit in policy.Limits) verdicts.Add(JudgeLimit(policy, limit, split, byName));

        var rejections = verdicts.FindAll(verdict => verdict.Outcome == VerdictOutcome.Reject);
        if ((rejections.Find(verdict => !verdict.Reason!.StartsWith(NoMeasurement, StringComparison.Ordinal)) ?? rejections.FirstOrDefault()) is { } rejection)
        {
            return new Judgement(ClipOutcome.Rejected, verdicts, rejection.Filter, rejection.Reason);
        }

        var holds = verdicts.FindAll(verdict => verdict.Outcome == VerdictOutcome.Hold);
        return holds.Count > 0
            ? new Judgement(ClipOutcome.Held, verdicts, null, string.Join("; ", holds.Select(hold => $"{hold.Filter}: {hold.Reason}")))
            : new Judgement(ClipOutcome.Retained, verdicts, null, null);
    }

    private static Verdict JudgeLength(Policy policy, ClipSpan span)
    {
        var seconds = span.Duration.TotalSeconds;
        var limit = string.Create(CultureInfo.InvariantCulture, $">= {policy.ClipMin.TotalSeconds}");
        return span.Duration >= policy.ClipMin
            ? new Verdict(TooShort, VerdictOutcome.Pass, seconds, limit, null)
            : new Verdict(TooShort, VerdictOutcome.Reject, seconds, limit, Format($"too short: lasts {seconds:0.###} s, limit {limit} s"));
    }

    private static Verdict JudgeLimit(Policy policy, Limit limit, Split? split, Dictionary<string, Measurement> measurements)
    {
        var bounds = limit.Describe();
        if (split is { } kind && limit.For.Count > 0 && !limit.For.Contains(kind))
        {
            return new Verdict(limit.Name, VerdictOutcome.NotApplicable, null, bounds, $"does not apply to {kind.ToName()}");
        }

        var definition = MeasurementCatalog.Get(limit.Name);
        if (!measurements.TryGetValue(limit.Name, out var measurement))
        {
            return Unmeasured(policy, limit, bounds, null, "was not measured");
        }

        if (measurement.State == MeasurementState.NotApplicable)
        {
            return new Verdict(limit.Name, VerdictOutcome.NotApplicable, null, bounds, measurement.Reason);
        }

        if (measurement.Value is not { } value) return Unmeasured(policy, limit, bounds, null, measurement.Reason!);

        if (limit.MinConfidence is { } needed && definition.ConfidenceName is { } confidenceName)
        {
            var confidence = measurements.GetValueOrDefault(confidenceName)?.Value ?? 0;
            if (confidence < needed)
            {
                return Unmeasured(policy, limit, bounds, value, Format($"confidence {confidence:0.##} is below {needed:0.##}"));
            }
        }

        if (limit.Allows(value)) return new Verdict(limit.Name, VerdictOutcome.Pass, value, bounds, null);

        var low = value < limit.Min || (limit.MaxAbs is { } abs && value < -abs);
        var words = (low ? definition.TooLow : definition.TooHigh) ?? definition.Title;
        return new Verdict(limit.Name, VerdictOutcome.Reject, value, bounds, Format($"{words}: {limit.Name} is {value:0.####} {definition.Unit}, limit {bounds}"));
    }

    private static Verdict Unmeasured(Policy policy, Limit limit, string bounds, double? value, string reason)
    {
        var outcome = (limit.Unmeasured ?? policy.Unmeasured) switch
        {
            UnmeasuredRule.Pass => VerdictOutcome.Unmeasured,
            UnmeasuredRule.Reject => VerdictOutcome.Reject,
            _ => VerdictOutcome.Hold,
        };
        return new Verdict(limit.Name, outcome, value, bounds, outcome == VerdictOutcome.Reject ? NoMeasurement + reason : reason);
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
