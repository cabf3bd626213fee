using System.Globalization;
using Curation.Clips.Measuring;
using Curation.Grains;
using Curation.Pipeline.Runs;
using Curation.Silo.Following;
using Spectre.Console;

namespace Curation.Silo.Commands;

/// <summary>What a person reads when a run has ended: the funnel, what was set aside, where to look next.</summary>
internal static class RunEpilogue
{
    private const int ListedQuarantines = 10;
    private const string NothingRetained = "NOTHING WAS RETAINED.";

    public static async Task WriteAsync(
        IAnsiConsole console, TextWriter errors, RunPlan plan, RunProgress progress, IReadOnlyList<QuarantinedSource> quarantined, TimeSpan wall)
    {
        if (progress.State is RunState.Cancelled or RunState.Failed)
        {
            await WriteTroubleAsync(errors, progress, plan);
            return;
        }

        var counts = progress.Counts;
        WriteFunnel(console, plan, counts);
        WriteQuarantine(console, quarantined);
        WriteUnmeasured(console, plan);
        console.WriteLine();
        if (progress.Result is { Changed: false })
        {
            console.WriteLine($"Nothing to do: {Count(counts.Sources, "source")} done before, nothing changed. The data set stands as it was.");
        }
        else
        {
            var before = counts.AlreadyDone > 0 ? $", {counts.AlreadyDone} of them done before" : "";
            console.WriteLine(Invariant($"{Count(counts.Sources, "source")}{before}, {counts.MediaSeconds:0} s of media in {wall.TotalSeconds:0.0} s; {Count(counts.DecodePasses, "decode pass", "es")}."));
        }

        if (counts.Retained == 0) console.MarkupLine($"[bold red]{NothingRetained}[/] {Markup.Escape(Advice(plan, counts))}");
        WriteLine(console, "Data set", plan.Output);
        if (progress.Result is { } result) WriteLine(console, "Report", result.ReportPath);
    }

    /// <summary>What must never be silent, also where only JSON is printed.</summary>
    public static async Task WriteTroubleAsync(TextWriter errors, RunProgress progress, RunPlan plan)
    {
        if (progress.State == RunState.Cancelled)
        {
            await errors.WriteLineAsync($"curate: cancelled. {progress.Counts.Sources} sources are finished and kept; no new snapshot was written. Run the same command again to continue.");
        }
        else if (progress.State == RunState.Failed)
        {
            await errors.WriteLineAsync($"curate: the run could not end: {progress.Error}");
            await errors.WriteLineAsync($"Finished sources are kept in {plan.Output}; the last snapshot stands. Mend the cause and run the same command again to continue.");
        }
        else if (progress.Counts.Retained == 0)
        {
            await errors.WriteLineAsync($"{NothingRetained} {Advice(plan, progress.Counts)}");
        }
    }

    private static void WriteFunnel(IAnsiConsole console, RunPlan plan, RunCounts counts)
    {
        var table = new Table().Border(TableBorder.Rounded).Title($"Funnel, policy [bold]{Markup.Escape(plan.Policy.Name)}[/]");
        table.AddColumn("Stage").AddColumn(new TableColumn("Count").RightAligned()).AddColumn(new TableColumn("Share of clips").RightAligned());
        table.AddRow("Sources", Number(counts.Sources), "");
        if (counts.Quarantined > 0) table.AddRow("[yellow]  quarantined[/]", Number(counts.Quarantined), "");
        table.AddRow("[bold]Clips[/]", Number(counts.Clips), "");
        var filters = plan.Policy.Limits.Select(limit => limit.Name).Prepend(Clips.Deciding.PolicyJudge.TooShort);
        foreach (var filter in filters.Where(counts.ByFilter.ContainsKey))
        {
            table.AddRow($"[red]  rejected by {Markup.Escape(filter)}[/]", Number(counts.ByFilter[filter]), Share(counts.ByFilter[filter], counts.Clips));
        }

        table.AddRow("[yellow]Held for a model[/]", Number(counts.Held), Share(counts.Held, counts.Clips));
        table.AddRow("[bold green]Retained[/]", Number(counts.Retained), Share(counts.Retained, counts.Clips));
        foreach (var (split, retained) in counts.BySplit) table.AddRow($"[green]  {Markup.Escape(split)}[/]", Number(retained), Share(retained, counts.Clips));
        console.Write(table);
    }

    private static void WriteQuarantine(IAnsiConsole console, IReadOnlyList<QuarantinedSource> quarantined)
    {
        if (quarantined.Count == 0) return;

        console.WriteLine("Quarantined sources:");
        foreach (var source in quarantined.Take(ListedQuarantines))
        {
            console.WriteLine($"  {DisplayName.Of(source.Uri)} ({source.Failure.Stage}): {source.Failure.Reason}");
        }

        if (quarantined.Count > ListedQuarantines) console.WriteLine($"  ... and {quarantined.Count - ListedQuarantines} more: see quarantine/*.parquet and the report.");
    }

    private static void WriteUnmeasured(IAnsiConsole console, RunPlan plan)
    {
        var absent = MeasurementCatalog.All
            .Where(definition => definition.Slot is { } slot && plan.Models.All(model => model.Slot != slot))
            .GroupBy(definition => definition.Slot, definition => definition.Name)
            .Select(slot => $"{string.Join(", ", slot)} (slot {slot.Key})")
            .ToList();
        if (plan.Models.Count > 0) console.WriteLine($"Models used: {string.Join(", ", plan.Models.Select(model => $"{model.Slot} ({model.Name})"))}.");
        if (absent.Count > 0) console.WriteLine($"Not measured for want of a model: {string.Join("; ", absent)}. 'curate models list' says where to get them; --models DIR uses them.");
    }

    private static string Advice(RunPlan plan, RunCounts counts)
    {
        var first = counts.ByFilter.OrderByDescending(entry => entry.Value).FirstOrDefault();
        return counts.Clips == 0 ? "No source gave a clip; see the quarantine above."
            : counts.Held > 0 ? $"{counts.Held} clips are held because policy '{plan.Policy.Name}' asks for measurements that no model made; set 'unmeasured: pass' or use --policy demo."
            : $"Most were rejected by {first.Key} ({first.Value}); see its histogram in the report.";
    }

    // Paths are written on a line of their own and unwrapped, so that they can be copied.
    private static void WriteLine(IAnsiConsole console, string label, string path) =>
        console.Profile.Out.Writer.WriteLine($"{label}: {path}");

    private static string Count(int count, string noun, string plural = "s") => $"{Number(count)} {noun}{(count == 1 ? "" : plural)}";

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(int part, int whole) => whole == 0 ? "" : Invariant($"{100.0 * part / whole:0.0} %");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
