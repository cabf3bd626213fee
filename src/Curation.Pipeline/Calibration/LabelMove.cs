using System.Globalization;
using Curation.Clips.Deciding;

namespace Curation.Pipeline.Calibration;

/// <summary>What labels made of one limit.</summary>
/// <param name="Move">What was done.</param>
/// <param name="Note">Why, in words.</param>
/// <param name="Curves">Its curves, with the points that were chosen.</param>
internal sealed record LabelMove(LimitMove Move, string Note, IReadOnlyList<PrecisionRecallCurve> Curves)
{
    /// <summary>Tells what was done.</summary>
    /// <param name="old">The limit as it was.</param>
    /// <param name="now">The limit as it is.</param>
    /// <param name="curves">A curve for each of its bounds.</param>
    /// <param name="tried">Bounds that were looked at.</param>
    public static LabelMove Tell(Limit old, Limit now, IReadOnlyList<PrecisionRecallCurve> curves, int tried)
    {
        var notes = new List<string>();
        var told = new List<PrecisionRecallCurve>();
        foreach (var curve in curves)
        {
            var chosen = curve.Bound.Of(now) == curve.Bound.Of(old) ? null : curve.At(curve.Bound.Of(now));
            told.Add(curve with { Chosen = chosen });
            notes.Add((curves.Count > 1 ? curve.Bound.ToName() + ": " : "") + Say(curve, chosen, tried));
        }

        var move = now != old ? LimitMove.Moved : curves.Any(LabelEvidence.IsEnough) ? LimitMove.Kept : LimitMove.NotCalibrated;
        return new LabelMove(move, string.Join("; ", notes), told);
    }

    private static string Say(PrecisionRecallCurve curve, PrecisionRecallPoint? chosen, int tried)
    {
        if (!LabelEvidence.IsEnough(curve)) return $"{LabelEvidence.Missing(curve)}; left at its old value";

        var said = string.Create(CultureInfo.InvariantCulture, $"{curve.Keeps} keeps, {curve.Drops} drops, best J alone {curve.Best!.Youden:0.00} (needed {LabelEvidence.NeededYouden(curve.Keeps, curve.Drops, tried):0.00})");
        if (!LabelEvidence.IsTold(curve, tried)) return $"{said}: no better than chance, left at its old value";
        if (chosen is null) return $"{said}: beside the other limits nothing is surely better than its old value";

        return string.Create(CultureInfo.InvariantCulture, $"{said}; here J {chosen.Youden:0.00}, precision {Text(chosen.Precision)}, recall {Text(chosen.Recall)}");
    }

    private static string Text(WilsonInterval interval) =>
        string.Create(CultureInfo.InvariantCulture, $"{interval.Share:0.00} ({interval.Low:0.00}..{interval.High:0.00})");
}
