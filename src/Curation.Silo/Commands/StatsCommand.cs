using System.CommandLine;
using System.Globalization;
using Curation.Dataset.Queries;
using Spectre.Console;

namespace Curation.Silo.Commands;

/// <summary><c>curate stats</c>: the funnel, and how every measurement lies.</summary>
internal static class StatsCommand
{
    private const string Bars = " ▁▂▃▄▅▆▇█";

    public static Command Create()
    {
        var dataset = DatasetOptions.Dataset();
        var json = DatasetOptions.Json();
        var command = new Command("stats", """
            Shows the funnel of a data set and how every measurement lies over its clips, kept or not. The report has the same with pictures.

            Example:  curate stats --dataset my-dataset

            Exit codes:  0 done · 2 no such data set
            """)
        {
            dataset, json,
        };
        command.SetAction((parsed, cancellationToken) => DatasetSession.RunAsync(
            parsed.GetRequiredValue(dataset), session => ShowAsync(session, parsed.GetValue(json), cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(DatasetSession session, bool json, CancellationToken cancellationToken)
    {
        var manifest = session.Manifest;
        var measurements = await MeasurementSummary.LoadAsync(session.Store, manifest, cancellationToken);
        if (json)
        {
            await Console.Out.WriteLineAsync(DatasetSession.Json(new
            {
                Snapshot = manifest.Id,
                manifest.Parent,
                manifest.CreatedUtc,
                manifest.PipelineVersion,
                manifest.Policy,
                manifest.Models,
                manifest.Funnel,
                manifest.Hours,
                Measurements = measurements,
                Dataset = session.Store.Address,
            }));
            return ExitCodes.Done;
        }

        var console = RunsJson.Console(Console.Out);
        var funnel = manifest.Funnel;
        var table = new Table().Border(TableBorder.Rounded).Title($"Funnel, policy [bold]{Markup.Escape(manifest.Policy.Name)}[/]");
        table.AddColumn("Stage").AddColumn(new TableColumn("Count").RightAligned()).AddColumn(new TableColumn("Hours").RightAligned());
        table.AddRow("Sources", Number(funnel.Sources), Hours(manifest.Hours.Media));
        if (funnel.Quarantined > 0) table.AddRow("[yellow]  quarantined[/]", Number(funnel.Quarantined), "");
        if (funnel.Duplicates > 0) table.AddRow("[grey]  duplicates[/]", Number(funnel.Duplicates), "");
        table.AddRow("[bold]Clips[/]", Number(funnel.Clips), "");
        foreach (var (filter, clips) in funnel.ByFilter.OrderByDescending(entry => entry.Value)) table.AddRow($"[red]  rejected by {Markup.Escape(filter)}[/]", Number(clips), "");
        table.AddRow("[red]Rejected[/]", Number(funnel.Rejected), Hours(manifest.Hours.Rejected));
        table.AddRow("[yellow]Held[/]", Number(funnel.Held), Hours(manifest.Hours.Held));
        table.AddRow("[bold green]Retained[/]", Number(funnel.Retained), Hours(manifest.Hours.Retained));
        foreach (var (split, clips) in funnel.BySplit.Where(entry => entry.Value > 0)) table.AddRow($"[green]  {Markup.Escape(split)}[/]", Number(clips), Hours(manifest.Hours.BySplit.GetValueOrDefault(split)));
        console.Write(table);

        var spread = new Table().Border(TableBorder.Rounded).AddColumn("Measurement").AddColumn(new TableColumn("Clips").RightAligned());
        foreach (var name in new[] { "Least", "5 %", "Median", "95 %", "Most" }) spread.AddColumn(new TableColumn(name).RightAligned());
        spread.AddColumn(new TableColumn("5 % to 95 %"));
        foreach (var line in measurements)
        {
            spread.AddRow(
                Markup.Escape(line.Unit is "ratio" or "" ? line.Name : $"{line.Name} ({line.Unit})"),
                Number(line.Measured),
                Value(line.Minimum), Value(line.P05), Value(line.Median), Value(line.P95), Value(line.Maximum),
                Sparkline(line.Histogram));
        }

        console.Write(spread);
        console.WriteLine($"Snapshot {manifest.Id} of {manifest.CreatedUtc.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}, pipeline version {manifest.PipelineVersion}.");
        return ExitCodes.Done;
    }

    private static string Sparkline(IReadOnlyList<long> histogram)
    {
        var most = Math.Max(1, histogram.Max());
        return string.Concat(histogram.Select(clips => Bars[(int)Math.Ceiling((double)clips / most * (Bars.Length - 1))]));
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Hours(double hours) => hours.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Value(double? value) => value?.ToString("0.###", CultureInfo.InvariantCulture) ?? "-";
}
