using Curation.Clips.Deciding;
using Curation.Pipeline.Calibration;

namespace Curation.Silo.Commands;

/// <summary>The one object that <c>curate calibrate --json</c> prints; its names are a contract.</summary>
internal static class CalibrateJson
{
    public static string Of(CalibrationResult result, CalibrationSource source, CalibrateArguments arguments) => DatasetSession.Json(new
    {
        source.Dataset,
        source.Snapshot,
        BasePolicy = new { result.Base.Name, result.Base.Sha256 },
        Policy = new { result.Proposed.Name, result.Proposed.Sha256, Path = Path.GetFullPath(arguments.Output) },
        Html = arguments.Html is { } html ? Path.GetFullPath(html) : null,
        result.Target,
        result.Strength,
        Labels = result.Labels is { } labels
            ? new
            {
                labels.Source,
                labels.Keeps,
                labels.Drops,
                Before = new { Precision = Interval(labels.PrecisionBefore), Recall = Interval(labels.RecallBefore) },
                After = new { Precision = Interval(labels.PrecisionAfter), Recall = Interval(labels.RecallAfter) },
            }
            : null,
        Before = Counts(result.Before),
        After = Counts(result.After),
        result.Decided,
        result.Waiting,
        result.Undecidable,
        Limits = result.Limits.Select(Limit),
    });

    private static object Counts(OutcomeCounts counts) => new { counts.Clips, counts.Passing, Retention = counts.Share, counts.Retained, counts.Held, counts.Rejected };

    private static object Limit(LimitCalibration limit) => new
    {
        limit.New.Name,
        Old = Bounds(limit.Old),
        New = Bounds(limit.New),
        Move = limit.Move switch
        {
            LimitMove.Moved => "moved",
            LimitMove.Fixed => "fixed",
            LimitMove.NotCalibrated => "not_calibrated",
            _ => "kept",
        },
        limit.Note,
        limit.Measured,
        limit.Information,
        limit.Before,
        limit.After,
        Curves = limit.Curves.Select(curve => new
        {
            Bound = curve.Bound switch
            {
                LabelBound.Min => "min",
                LabelBound.Max => "max",
                _ => "max_abs",
            },
            curve.Keeps,
            curve.Drops,
            Chosen = curve.Chosen?.Threshold,
            Points = curve.Points.Select(point => new { point.Threshold, Precision = Interval(point.Precision), Recall = Interval(point.Recall), point.Youden }),
        }),
    };

    private static object Bounds(Limit limit) => new { limit.Min, limit.Max, limit.MaxAbs };

    private static object Interval(WilsonInterval interval) => new { Share = double.IsNaN(interval.Share) ? null : (double?)interval.Share, interval.Low, interval.High };
}
