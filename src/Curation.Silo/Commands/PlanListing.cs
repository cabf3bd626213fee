using System.Globalization;
using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Pipeline.Planning;
using Curation.Pipeline.Runs;
using Curation.Silo.Following;
using Spectre.Console;

namespace Curation.Silo.Commands;

/// <summary>What a person reads of a plan.</summary>
internal static class PlanListing
{
    private const int ListedStrata = 10;
    private const int ListedQuarantines = 10;
    private const double SecondsPerHour = 3600;

    /// <summary>Slots of measurements that no model makes.</summary>
    public static IReadOnlyList<string> AbsentSlots(RunPlan plan) =>
        [.. MeasurementCatalog.All.Select(definition => definition.Slot).OfType<string>().Distinct().Where(slot => plan.Models.All(model => model.Slot != slot))];

    public static async Task WriteAsync(TextWriter output, PlanResult result, PlanArguments arguments)
    {
        var console = RunsJson.Console(output);
        var (design, forecast) = (result.Design, result.Forecast);
        console.WriteLine(Text($"Curated {design.Sampled:N0} of {design.Listed:N0} sources ({100.0 * design.Sampled / design.Listed:0.#} %) in {result.Costs.WallSeconds:0.0} s: seed {design.Seed}, {design.Strata.Count} strat{(design.Strata.Count == 1 ? "um" : "a")} by {design.Kind.ToString().ToLowerInvariant()}."));
        if (design.IsCensus) console.WriteLine("Every source that can be opened was curated: counts are exact, and hours are those of this machine now.");
        console.Write(Yield(result));
        console.Write(Spending(result));
        if (forecast.Strata.Count > 1) console.Write(Strata(forecast));
        if (forecast.Strata.Count > ListedStrata) console.WriteLine(Text($"... and {forecast.Strata.Count - ListedStrata} more strata: see --json."));
        WriteQuarantine(console, result);
        if (AbsentSlots(result.Run) is { Count: > 0 } absent) console.WriteLine($"Slots without a model here: {string.Join(", ", absent)}. With them more is measured, and more hours are spent.");
        foreach (var note in result.Drift?.Notes ?? []) console.WriteLine($"Comparison: {note}.");
        if (result.Drift is { } drift && !drift.Measurements.Any(measurement => measurement.HasMoved)) console.WriteLine(Text($"Comparison: none of {drift.Measurements.Count} measurements has moved further than chance explains."));
        foreach (var warning in result.Warnings) console.MarkupLine($"[yellow]Warning:[/] {Markup.Escape(warning.Text)}");

        // Not through the console, which would wrap what people copy.
        if (result.Prices is null) await output.WriteLineAsync("Costs: not known; a table 'prices' in the policy file gives them ('curate plan --help').");
        var models = arguments.Models is { } folder ? $" --models {folder}" : "";
        await output.WriteLineAsync($"Next: curate run --input {arguments.Input} --output {arguments.Keep ?? "my-dataset"} --policy {arguments.Policy}{models}");
    }

    private static Table Yield(PlanResult result)
    {
        var forecast = result.Forecast;
        var table = Table($"Yield of all sources, policy [bold]{Markup.Escape(result.Run.Policy.Name)}[/]");
        table.AddRow("Sources", Count(forecast.Sources), "");
        Row(table, "[yellow]  quarantined[/]", forecast.Quarantined, Count);
        Row(table, "[bold]Clips[/]", forecast.Clips, Count);
        foreach (var (filter, clips) in forecast.ByFilter.OrderByDescending(entry => entry.Value.Value)) Row(table, $"[red]  rejected by {Markup.Escape(filter)}[/]", clips, Count);
        Row(table, "[yellow]Held for a model[/]", forecast.Held, Count);
        Row(table, "[bold green]Retained[/]", forecast.Retained, Count);
        foreach (var split in SplitNames.All) Row(table, $"[green]  {split}[/]", forecast.BySplit[split], Count);
        if (forecast.RetainedShare is { } share) Row(table, "Share retained", share, value => Text($"{100 * value:0.0} %"));
        Row(table, "Media", forecast.MediaHours, Time);
        Row(table, "Media retained", forecast.RetainedHours, Time);
        foreach (var split in SplitNames.All.Where(split => forecast.RetainedHoursBySplit[split].Value > 0)) Row(table, $"  {split}", forecast.RetainedHoursBySplit[split], Time);
        return table;
    }

    private static Table Spending(PlanResult result)
    {
        var forecast = result.Forecast;
        var table = Table("What it takes");
        if (forecast.CoreHours is { } core) Row(table, "Core time", core, Time);
        else table.AddRow("Core time", "", result.NoCoreHours!);
        if (forecast.WallHours is { } wall) Row(table, Text($"Time on {result.Basis.Cores} core{(result.Basis.Cores == 1 ? "" : "s")}, {100 * result.Basis.Utilisation:0} % busy as here"), wall, Time);
        if (forecast.GpuHours is { } gpu) Row(table, "GPU time", gpu, Time);
        else table.AddRow("GPU time", "", result.NoGpuHours!);
        if (forecast.Requests is { } requests) Row(table, "Answers of endpoints", requests, Count);
        Row(table, "Storage", forecast.StoredBytes, Bytes);
        Row(table, "  of that clips", forecast.MediaBytes, Bytes);
        if (result.Prices is { } prices)
        {
            if (forecast.CostOnce is { } once) Row(table, $"[bold]Cost, {Markup.Escape(prices.Currency)}[/]", once, Money);
            if (forecast.CostMonth is { } month) Row(table, $"[bold]Storage a month, {Markup.Escape(prices.Currency)}[/]", month, Money);
        }

        return table;
    }

    private static Table Strata(PlanForecast forecast)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("Strata").AddColumn("Stratum");
        foreach (var heading in (string[])["Sources", "Size", "Curated", "Clips", "Retained"]) table.AddColumn(new TableColumn(heading).RightAligned());
        foreach (var stratum in forecast.Strata.Take(ListedStrata))
        {
            var failed = stratum.Quarantined > 0 ? $" [yellow]({Count(stratum.Quarantined)} quarantined)[/]" : "";
            table.AddRow(Markup.Escape(DisplayName.Of(stratum.Name)), Count(stratum.Sources), Bytes(stratum.Bytes), Count(stratum.Sampled) + failed, Count(stratum.Clips), Count(stratum.Retained));
        }

        return table;
    }

    private static void WriteQuarantine(IAnsiConsole console, PlanResult result)
    {
        var failed = result.Sources.Where(source => source.Failure is not null).Select(source => (source.Uri, source.Failure!.Stage, source.Failure.Reason))
            .Concat(result.Design.UnreadableExamples.Select(item => (item.Uri, Stage: Pipeline.Sources.SourceItem.OpenStage, Reason: item.Problem!))).ToList();
        if (failed.Count > 0) console.WriteLine("Quarantined:");
        foreach (var (uri, stage, reason) in failed.Take(ListedQuarantines)) console.WriteLine($"  {DisplayName.Of(uri)} ({stage}): {reason}");
        if (failed.Count > ListedQuarantines) console.WriteLine(Text($"  ... and {failed.Count - ListedQuarantines} more: see --json."));
    }

    private static Table Table(string title) =>
        new Table().Border(TableBorder.Rounded).Title(title).AddColumn("").AddColumn(new TableColumn("Forecast").RightAligned()).AddColumn("90 % interval");

    private static void Row(Table table, string name, Estimate estimate, Func<double, string> format) => table.AddRow(name, format(estimate.Value), estimate switch
    {
        { Method: EstimateMethod.Exact } => "exact",
        { Method: EstimateMethod.Measured } => "measured here",
        { Method: EstimateMethod.ZeroBound, High: null } => "none met in the sample",
        { Method: EstimateMethod.ZeroBound, Value: 0, High: { } high } => $"none met; up to {format(high)} may be missed",
        { Low: { } low, High: { } high } when low < high => $"{format(low)} to {format(high)}",
        { Low: not null } => "no spread in the sample",
        _ => "too few sources to tell",
    });

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Count(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Time(double hours) => (hours * SecondsPerHour) switch
    {
        < 100 and var seconds => Text($"{seconds:0.0} s"),
        < 6000 and var seconds => Text($"{seconds / 60:0.0} min"),
        < 100 * SecondsPerHour => Text($"{hours:0.0} h"),
        _ => Text($"{hours:N0} h"),
    };

    private static string Money(double amount) => amount < 100 ? Text($"{amount:0.00##}") : Text($"{amount:N0}");

    private static string Bytes(double bytes) => bytes switch
    {
        >= 1e12 => Text($"{bytes / 1e12:0.00} TB"),
        >= 1e9 => Text($"{bytes / 1e9:0.00} GB"),
        >= 1e6 => Text($"{bytes / 1e6:0.0} MB"),
        _ => Text($"{bytes / 1e3:0.0} kB"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
