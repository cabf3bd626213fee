using Curation.Clips.Deciding;
using Curation.Clips.Measuring;

namespace Curation.Dataset.Report.Counting;

/// <summary>All that a report keeps of one measurement.</summary>
/// <param name="limit">What the policy asks of it; null where it asks nothing.</param>
internal sealed class MeasurementTally(Limit? limit)
{
    /// <summary>What the policy asks of it; null where it asks nothing.</summary>
    public Limit? Limit { get; } = limit;

    /// <summary>Values within the limit.</summary>
    public ValueSketch Passed { get; } = new();

    /// <summary>Values below the limit.</summary>
    public ValueSketch TooLow { get; } = new();

    /// <summary>Values above the limit.</summary>
    public ValueSketch TooHigh { get; } = new();

    /// <summary>Values no limit was applied to: there is none, it is for other splits, or the confidence is too low.</summary>
    public ValueSketch Unjudged { get; } = new();

    /// <summary>Clips it could not be made for.</summary>
    public long Unmeasured { get; private set; }

    /// <summary>Clips it has no meaning for.</summary>
    public long NotApplicable { get; private set; }

    /// <summary>Why it could not be made, or why a value was not judged.</summary>
    public ReasonCounts Reasons { get; } = new();

    /// <summary>Clips with a value.</summary>
    public long Measured => Passed.Count + TooLow.Count + TooHigh.Count + Unjudged.Count;

    /// <summary>Counts a measurement of one clip and what the policy said of it.</summary>
    public void Add(Measurement measurement, Verdict? verdict)
    {
        if (measurement.Value is { } value)
        {
            SketchFor(value, verdict).Add(value);
            if (verdict is { Outcome: VerdictOutcome.Hold or VerdictOutcome.Unmeasured, Reason: { } doubt }) Reasons.Add(doubt);
        }
        else if (measurement.State == MeasurementState.NotApplicable)
        {
            NotApplicable++;
        }
        else
        {
            Unmeasured++;
            Reasons.Add(measurement.Reason!);
        }
    }

    /// <summary>Counts a value that has no verdict of its own, such as a length.</summary>
    public void Add(double value) => Side(value).Add(value);

    private ValueSketch SketchFor(double value, Verdict? verdict) =>
        Limit is not null && verdict?.Outcome is VerdictOutcome.Pass or VerdictOutcome.Reject && (verdict.Outcome == VerdictOutcome.Pass || !Limit.Allows(value))
            ? Side(value)
            : Unjudged;

    private ValueSketch Side(double value)
    {
        if (Limit is null) return Unjudged;
        if (Limit.Allows(value)) return Passed;
        return value < Limit.Min || value < -Limit.MaxAbs ? TooLow : TooHigh;
    }
}
