using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;

namespace Curation.Pipeline.Calibration;

/// <summary>One limit over all clips. Where each clip stands does not depend on the bounds, so bounds can be tried by the million.</summary>
/// <remarks>It says of every clip what <see cref="PolicyJudge"/> says, before a cut where a clip was never cut; a test compares the two on random tables.</remarks>
internal sealed class LimitColumn
{
    private LimitColumn(Limit limit, Standing[] standings, IReadOnlyList<double> values)
    {
        Limit = limit;
        Standings = standings;
        Values = values;
        foreach (var standing in standings)
        {
            if (standing == Standing.Judged) Judged++;
            else if (standing != Standing.Free) Lacking++;
            if (standing == Standing.Held) Holding++;
        }
    }

    /// <summary>The limit with the bounds of the policy it came from.</summary>
    public Limit Limit { get; }

    /// <summary>Where each clip stands.</summary>
    public Standing[] Standings { get; }

    /// <summary>The values; they count only where the clip is judged.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Clips with a value that the bounds decide on.</summary>
    public int Judged { get; }

    /// <summary>Clips that lack the value and are held or rejected for it.</summary>
    public int Lacking { get; }

    /// <summary>Clips that lack the value and are held for it.</summary>
    public int Holding { get; }

    /// <summary>Whether no clip has what the limit asks for and all it does is to hold clips: it can neither be moved nor counted yet.</summary>
    public bool OnlyHolds => Judged == 0 && Holding > 0 && Holding == Lacking;

    /// <summary>Reads a limit's column.</summary>
    public static LimitColumn Read(Policy policy, Limit limit, MeasuredClips clips)
    {
        var column = clips.Column(limit.Name);
        var definition = MeasurementCatalog.Get(limit.Name);
        var confidences = limit.MinConfidence is not null && definition.ConfidenceName is { } name ? clips.Column(name).Values : null;
        var lacking = (limit.Unmeasured ?? policy.Unmeasured) switch
        {
            UnmeasuredRule.Pass => Standing.Free,
            UnmeasuredRule.Reject => Standing.Rejected,
            _ => Standing.Held,
        };
        var values = column.Values;
        var standings = new Standing[clips.Rows];
        for (var row = 0; row < standings.Length; row++)
        {
            standings[row] = IsFree(row) ? Standing.Free : IsMeasured(row) ? Standing.Judged : lacking;
        }

        return new LimitColumn(limit, standings, values);

        // What is measured on the written clip cannot be known of one that was never cut; judging again cuts it and asks then.
        bool IsFree(int row) => !Applies(limit, clips.Splits[row], column.States[row]) || (definition.OfWrittenClip && column.States[row] is null);

        bool IsMeasured(int row)
        {
            if (column.States[row] != MeasurementState.Measured || double.IsNaN(values[row])) return false;
            if (confidences is null) return true;

            var confidence = confidences[row];
            return (double.IsNaN(confidence) ? 0 : confidence) >= limit.MinConfidence;
        }
    }

    private static bool Applies(Limit limit, Split? split, MeasurementState? state) =>
        !(split is { } kind && limit.For.Count > 0 && !limit.For.Contains(kind)) && state != MeasurementState.NotApplicable;
}
