using System.Globalization;
using Curation.Clips.Deciding;
using Curation.Pipeline.Policies;

namespace Curation.Pipeline.Calibration;

/// <summary>A proposed policy as a file whose comments say where each limit came from.</summary>
public static class CalibrationText
{
    /// <summary>Writes the file.</summary>
    /// <param name="result">What was proposed.</param>
    /// <param name="source">What it was calibrated on.</param>
    /// <returns>YAML that <see cref="PolicyFile"/> reads.</returns>
    public static string Write(CalibrationResult result, CalibrationSource source)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(source);

        return PolicyWriter.Text(result.Proposed, [.. Head(result, source)], result.Limits.ToDictionary(limit => limit.New.Name, Comment));
    }

    /// <summary>What was asked for and what was reached, a line each.</summary>
    /// <param name="result">What was proposed.</param>
    /// <returns>Plain text.</returns>
    public static IReadOnlyList<string> Summary(CalibrationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);

        var lines = new List<string>();
        if (result.Target is { } target)
        {
            lines.Add(Text($"Target: {target:0.####} of {result.After.Clips:N0} clips (all of triplets, held and rejected) is {target * result.After.Clips:#,0.##}."));
            lines.Add(Text($"Reached: {result.After.Passing:N0} clips, {result.After.Share:0.####}; difference {Signed(result.After.Share - target)}. Before: {result.Before.Passing:N0} clips, {result.Before.Share:0.####}."));
        }

        if (result.Labels is { } labels)
        {
            lines.Add(Text($"Labels: {labels.Keeps:N0} keep, {labels.Drops:N0} drop, from {labels.Source}."));
            lines.Add(Text($"The policy as a whole keeps, of the labelled: precision {Share(labels.PrecisionBefore)}, recall {Share(labels.RecallBefore)} before; precision {Share(labels.PrecisionAfter)}, recall {Share(labels.RecallAfter)} after (95 % Wilson)."));
            lines.Add(Text($"Of {result.After.Clips:N0} clips {result.After.Passing:N0} pass, {result.After.Share:0.####}; before {result.Before.Passing:N0}, {result.Before.Share:0.####}."));
        }

        if (result.Decided is { } decided) lines.Add(Text($"Limits went along the values of the {decided:N0} clips that movable bounds decide on."));
        lines.Add(Text($"Judged again with it: {result.After.Retained:N0} retained, {result.After.Held:N0} held, {result.After.Rejected:N0} rejected."));
        if (result.Waiting.Count > 0) lines.Add($"Clips that pass are held until they have what no clip has: {string.Join(", ", result.Waiting)}. Those limits are neither moved nor counted.");
        if (result.Undecidable.Count > 0) lines.Add($"No bounds could let pass: {string.Join("; ", result.Undecidable)}.");
        return lines;
    }

    private static IEnumerable<string> Head(CalibrationResult result, CalibrationSource source)
    {
        yield return $"Calibrated on {source.Dataset}, snapshot {source.Snapshot}.";
        yield return $"Base policy: {source.Base} (name {result.Base.Name}, sha256 {result.Base.Sha256}).";
        foreach (var line in Summary(result)) yield return line;
        yield return "Above each limit: what was done with it, its old bounds, clips measured, clips it rejects, clips only it rejects.";
    }

    private static string Comment(LimitCalibration limit) => Text(
        $"{Verb(limit)}; old {Bounds(limit.Old)}; n = {limit.Measured:N0}; rejects {limit.After.Rejects:N0} (before {limit.Before.Rejects:N0}), {limit.After.OnlyRejects:N0} alone");

    private static string Verb(LimitCalibration limit) => limit.Move switch
    {
        LimitMove.Moved => "moved " + limit.Note,
        LimitMove.Fixed => "not moved: " + limit.Note,
        LimitMove.NotCalibrated => limit.Note,
        _ => "kept: " + limit.Note,
    };

    private static string Bounds(Limit limit) => limit.Describe();

    private static string Share(WilsonInterval interval) =>
        double.IsNaN(interval.Share) ? "of none" : Text($"{interval.Share:0.000} ({interval.Low:0.000}..{interval.High:0.000})");

    private static string Signed(double value) => value.ToString("+0.####;-0.####;0", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
