using Curation.Clips.Deciding;

namespace Curation.Pipeline.Calibration;

/// <summary>Moves bounds one after another as long as the policy as a whole agrees better with the labels.</summary>
/// <param name="basis">The base policy over the clips.</param>
/// <param name="rows">The labelled clips.</param>
/// <param name="tried">Bounds that are looked at, for <see cref="LabelEvidence"/>.</param>
internal sealed class LabelSearch(CalibrationBasis basis, IReadOnlyList<(int Row, bool Keep)> rows, int tried)
{
    // A bound may move again after others did; each move makes the whole better, so this only bounds the time.
    private const int MovesPerBound = 4;

    private readonly double _keeps = rows.Count(clip => clip.Keep);
    private readonly double _drops = rows.Count(clip => !clip.Keep);

    /// <summary>Moves bounds from where the base policy has them.</summary>
    /// <param name="bounds">Those that may move: the place of the limit, and which of its bounds.</param>
    /// <returns>The policy's limits with their bounds.</returns>
    public Limit[] Find(IReadOnlyList<(int Place, LabelBound Bound)> bounds)
    {
        var limits = basis.Policy.Limits.ToArray();
        for (var move = 0; move < MovesPerBound * bounds.Count; move++)
        {
            var best = bounds.Select(bound => Best(limits, bound.Place, bound.Bound)).MaxBy(change => change?.Gain ?? 0);
            if (best is null) break;

            limits[best.Place] = best.Limit;
        }

        return limits;
    }

    // The best place of one bound among the clips that everything else lets pass; null where the one it has is as good.
    private Change? Best(Limit[] limits, int place, LabelBound bound)
    {
        var column = basis.Table.Columns[place];
        var others = limits.ToArray();
        others[place] = bound.Set(limits[place], null);
        var left = rows.Where(clip => Passes(others, clip.Row)).ToList();
        var judged = left.Where(clip => column.Standings[clip.Row] == Standing.Judged).Select(clip => (column.Values[clip.Row], clip.Keep)).ToList();
        var curve = PrecisionRecallCurve.Draw(bound, judged, bound.Of(limits[place]));
        if (curve.Points.Count == 0) return null;

        var (oldKeeps, oldDrops) = (curve.Old?.KeptKeeps ?? 0, curve.Old?.KeptDrops ?? 0);
        var point = curve.Points.MaxBy(point => (point.KeptKeeps / _keeps) - (point.KeptDrops / _drops))!;
        var (moreKeeps, moreDrops) = (point.KeptKeeps - oldKeeps, point.KeptDrops - oldDrops);
        var gain = (moreKeeps / _keeps) - (moreDrops / _drops);
        if (gain <= 0 || !LabelEvidence.IsGain(moreKeeps / _keeps, moreDrops / _drops, (int)_keeps, (int)_drops, tried)) return null;

        var value = point.Next is { } next ? SeparatingNumber.Between(point.Threshold, next) : point.Threshold;
        var limit = bound.Set(limits[place], value);
        return limit.Min > limit.Max ? null : new Change(place, limit, gain);
    }

    private bool Passes(Limit[] limits, int row)
    {
        if (basis.Table.TooShort[row]) return false;

        for (var place = 0; place < limits.Length; place++)
        {
            var column = basis.Table.Columns[place];
            var passes = column.Standings[row] switch
            {
                Standing.Judged => limits[place].Allows(column.Values[row]),
                Standing.Held => column.OnlyHolds,
                Standing.Rejected => false,
                _ => true,
            };
            if (!passes) return false;
        }

        return true;
    }

    private sealed record Change(int Place, Limit Limit, double Gain);
}
