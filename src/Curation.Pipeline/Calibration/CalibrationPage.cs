using System.Globalization;
using System.Reflection;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using HandlebarsDotNet;

namespace Curation.Pipeline.Calibration;

/// <summary>A calibration as one HTML file with a plot of each limit. It has no script and loads nothing.</summary>
public static class CalibrationPage
{
    private static readonly HandlebarsTemplate<TextWriter, object, object> Page = Compile();

    /// <summary>Writes the page.</summary>
    /// <param name="result">What was proposed.</param>
    /// <param name="source">What it was calibrated on.</param>
    /// <param name="clips">What was measured.</param>
    /// <returns>HTML; every value is encoded.</returns>
    public static string Write(CalibrationResult result, CalibrationSource source, MeasuredClips clips)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(clips);

        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        Page(
            writer,
            new
            {
                result.Proposed.Name,
                source.Dataset,
                source.Snapshot,
                source.Base,
                Summary = CalibrationText.Summary(result),
                LimitPlots.Width,
                LimitPlots.Height,
                Limits = result.Limits.Select(limit => View(limit, result, clips)).ToList(),
            },
            null!);
        return writer.ToString();
    }

    private static object View(LimitCalibration limit, CalibrationResult result, MeasuredClips clips)
    {
        var definition = MeasurementCatalog.Get(limit.New.Name);
        var moved = limit.Move == LimitMove.Moved;
        return new
        {
            limit.New.Name,
            definition.Title,
            definition.Description,
            Unit = definition.Unit is "ratio" ? "" : definition.Unit,
            Old = limit.Old.Describe(),
            New = moved ? limit.New.Describe() : "",
            limit.Note,
            Measured = limit.Measured.ToString("N0", CultureInfo.InvariantCulture),
            Rejects = Share(limit.After.Rejects),
            RejectedBefore = Share(limit.Before.Rejects),
            OnlyRejects = Share(limit.After.OnlyRejects),
            PassWithout = Share(limit.After.PassWithout),
            Plots = Plots(limit, result.Base, clips).Select(plot => new { plot.Picture, plot.Words }).ToList(),
        };

        string Share(int count) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * count / result.After.Clips:0.0} %");
    }

    private static IEnumerable<(string Picture, string Words)> Plots(LimitCalibration limit, Policy policy, MeasuredClips clips)
    {
        var column = LimitColumn.Read(policy, limit.Old, clips);
        if (column.Judged == 0) yield break;

        var judged = new List<double>(column.Judged);
        for (var row = 0; row < column.Standings.Length; row++)
        {
            if (column.Standings[row] == Standing.Judged) judged.Add(column.Values[row]);
        }

        yield return (LimitPlots.Histogram(limit, [.. judged]), $"Histogram of {limit.New.Name} over {CalibrationBasis.Count(judged.Count, "clip")}; old limit {limit.Old.Describe()}, new limit {limit.New.Describe()}");
        foreach (var curve in limit.Curves.Where(curve => curve.Points.Count > 0))
        {
            yield return (LimitPlots.Curve(limit, curve), $"Precision and recall of {limit.New.Name} over thresholds, {CalibrationBasis.Count(curve.Keeps, "keep")} and {CalibrationBasis.Count(curve.Drops, "drop")}");
        }
    }

    private static HandlebarsTemplate<TextWriter, object, object> Compile()
    {
        const string Name = "Curation.Pipeline.Calibration.calibration.hbs";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Name)
            ?? throw new InvalidOperationException($"The embedded page '{Name}' is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return Handlebars.Create(new HandlebarsConfiguration { FormatProvider = CultureInfo.InvariantCulture, ThrowOnUnresolvedBindingExpression = true }).Compile(reader);
    }
}
