using System.Globalization;
using Curation.Pipeline.Calibration;
using Spectre.Console;

namespace Curation.Silo.Commands;

/// <summary>What a person reads of a calibration.</summary>
internal static class CalibrateListing
{
    public static async Task WriteAsync(TextWriter output, CalibrationResult result, CalibrationSource source, CalibrateArguments arguments)
    {
        var console = RunsJson.Console(output);
        console.WriteLine($"{source.Dataset}, snapshot {source.Snapshot}; base policy {source.Base}");
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Limit").AddColumn(new TableColumn("Old").NoWrap()).AddColumn(new TableColumn("New").NoWrap());
        foreach (var heading in (string[])["Measured", "Rejects", "Only it", "Without it"]) table.AddColumn(new TableColumn(heading).RightAligned());
        table.AddColumn("Why");
        foreach (var limit in result.Limits)
        {
            var moved = limit.Move == LimitMove.Moved;
            table.AddRow(
                Markup.Escape(limit.New.Name),
                Markup.Escape(limit.Old.Describe()),
                moved ? $"[bold green]{Markup.Escape(limit.New.Describe())}[/]" : "[grey]=[/]",
                limit.Measured.ToString("N0", CultureInfo.InvariantCulture),
                Share(limit.After.Rejects, result),
                Share(limit.After.OnlyRejects, result),
                Share(limit.After.PassWithout, result),
                Markup.Escape(limit.Note));
        }

        console.Write(table);
        console.WriteLine("Rejects: what the new limit turns away alone. Only it: what nothing else rejects. Without it: what would pass. Shares of all clips.");
        foreach (var line in CalibrationText.Summary(result)) console.WriteLine(line);
        if (result.Limits.All(limit => limit.Move != LimitMove.Moved)) console.WriteLine("NO LIMIT WAS MOVED: the new policy differs from its base by its name alone.");

        // Not through the console, which would wrap what people copy.
        await output.WriteLineAsync($"Policy: {arguments.Output}");
        if (arguments.Html is { } html) await output.WriteLineAsync($"Page: {html}");
        await output.WriteLineAsync($"Next: curate rejudge --dataset {arguments.Dataset} --policy {arguments.Output}");
    }

    private static string Share(int clips, CalibrationResult result) => ((double)clips / result.After.Clips).ToString("0.0 %", CultureInfo.InvariantCulture);
}
