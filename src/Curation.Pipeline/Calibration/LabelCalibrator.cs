using System.Globalization;
using Curation.Clips.Deciding;

namespace Curation.Pipeline.Calibration;

/// <summary>Sets the limits of a policy by what people said of clips.</summary>
/// <remarks>
/// <para>What is made larger is Youden's J of the policy as a whole over the labelled clips: the share of keeps that pass less the share of drops that
/// do. It weighs the two classes alike whatever the share of keeps among the labels, which people choose and which says nothing of the data set.
/// Precision alone would give up most keeps for the last drops; and limits that are each set by themselves turn
/// nearly everything away together where many of them see a little of the same.</para>
/// <para>A bound may move where it alone, over all labelled clips that its limit judges, tells keeps from drops better than chance
/// (<see cref="LabelEvidence"/>). From the base policy on, the move of one bound is made that makes J largest, at the loosest of equal thresholds, and again, as long as the
/// gain is more than chance. J of nothing is 0, so labels never take a bound away. Everything else stays as it is.</para>
/// </remarks>
public static class LabelCalibrator
{
    /// <summary>Proposes a policy.</summary>
    /// <param name="policy">Where to start.</param>
    /// <param name="clips">What was measured.</param>
    /// <param name="labels">What people said of some of the clips.</param>
    /// <param name="name">Name of the new policy.</param>
    /// <returns>The policy and what it does.</returns>
    /// <exception cref="CalibrationException">No limit has labels enough.</exception>
    public static CalibrationResult Calibrate(Policy policy, MeasuredClips clips, ClipLabels labels, string name)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(labels);

        var basis = new CalibrationBasis(policy, clips);
        var rows = LabelledRows(clips, labels);
        var curves = basis.Table.Columns.Select(column => basis.WhyNot(column) is null ? Curves(column, rows) : []).ToArray();
        var enough = curves.SelectMany(limit => limit).Count(LabelEvidence.IsEnough);
        if (enough == 0) throw new CalibrationException(Refusal(policy, curves, labels));

        var movable = curves.SelectMany((limit, place) => limit.Where(curve => LabelEvidence.IsTold(curve, enough)).Select(curve => (place, curve.Bound))).ToList();
        var limits = new LabelSearch(basis, rows, enough).Find(movable);
        var result = basis.Propose(limits, name, (place, limit) => Describe(basis, limit, place, LabelMove.Tell(policy.Limits[place], limits[place], curves[place], enough)));
        return result with { Labels = Agreement(basis, labels, rows, result.Proposed.Limits) };
    }

    private static List<(int Row, bool Keep)> LabelledRows(MeasuredClips clips, ClipLabels labels)
    {
        var rows = new List<(int, bool)>(labels.Keep.Count);
        for (var row = 0; row < clips.Rows; row++)
        {
            if (labels.Keep.TryGetValue(clips.Ids[row], out var keep)) rows.Add((row, keep));
        }

        return rows;
    }

    private static List<PrecisionRecallCurve> Curves(LimitColumn column, List<(int Row, bool Keep)> rows)
    {
        var judged = rows.Where(clip => column.Standings[clip.Row] == Standing.Judged).Select(clip => (column.Values[clip.Row], clip.Keep)).ToList();
        return [.. LabelBounds.Given(column.Limit).Select(bound => PrecisionRecallCurve.Draw(bound, judged, bound.Of(column.Limit)))];
    }

    private static List<string> Refusal(Policy policy, List<PrecisionRecallCurve>[] curves, ClipLabels labels)
    {
        var faults = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"{labels.Source}: no limit has labels enough to be set; label at least {LabelEvidence.LeastOfEach} clips keep and {LabelEvidence.LeastOfEach} drop."),
        };
        for (var place = 0; place < curves.Length; place++)
        {
            if (curves[place].Count > 0) faults.Add($"{policy.Limits[place].Name}: {LabelEvidence.Missing(curves[place][0])}");
        }

        return faults;
    }

    private static LimitCalibration Describe(CalibrationBasis basis, LimitCalibration limit, int place, LabelMove move) =>
        basis.WhyNot(basis.Table.Columns[place]) is var (kind, note)
            ? limit with { Move = kind, Note = note }
            : limit with { Move = move.Move, Note = move.Note, Curves = move.Curves };

    private static LabelAgreement Agreement(CalibrationBasis basis, ClipLabels labels, List<(int Row, bool Keep)> rows, IReadOnlyList<Limit> limits)
    {
        var after = basis.Table.Decide(limits).Passing;
        var before = basis.Before.Passing;
        return new LabelAgreement(
            labels.Source,
            rows.Count(clip => clip.Keep),
            rows.Count(clip => !clip.Keep),
            rows.Count(clip => clip.Keep && before[clip.Row]),
            rows.Count(clip => !clip.Keep && before[clip.Row]),
            rows.Count(clip => clip.Keep && after[clip.Row]),
            rows.Count(clip => !clip.Keep && after[clip.Row]));
    }
}
