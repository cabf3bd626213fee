using System.Globalization;
using Curation.Clips;
using Curation.Filters.Duplicates;
using Curation.Pipeline.Deduplicating;
using Curation.Pipeline.Runs;
using Curation.Silo.Following;
using Spectre.Console;

namespace Curation.Silo.Commands;

/// <summary>What <c>curate dedup</c> found and did, for people.</summary>
internal static class DedupListing
{
    private const int DigitsOfId = 12;

    public static void Write(IAnsiConsole console, DedupSummary summary, int show, bool reported)
    {
        var plan = summary.Plan;
        if (plan.Groups.Count > 0)
        {
            console.Write(Groups(show == 0 ? plan.Groups : [.. plan.Groups.Take(show)]));
            if (show > 0 && plan.Groups.Count > show) console.WriteLine($"... and {Number(plan.Groups.Count - show)} more; --show 0 lists all.");
            console.WriteLine($"Kept is, in this order: {BetterFirst.InWords}.");
        }

        foreach (var kind in Enum.GetValues<DuplicateKind>()) console.WriteLine(Line(summary, kind));
        console.WriteLine($"Compared: {Number(plan.Compared)} of {Number(plan.Clips)} clips.{NotCompared(plan)}");
        if (plan.WithoutSignatures > 0) console.WriteLine($"{Number(plan.WithoutSignatures)} clips were measured by an older version and have no signatures: run 'curate run' over their sources, then this again.");
        console.WriteLine(End(summary));
        if (summary.Result is { Deferred: > 0 and var deferred }) console.WriteLine($"{Number(deferred)} clips are wanted again, and their media went when they were put out: they are held until 'curate rejudge' cuts them.");
        if (summary.Manifest.Funnel.Retained == 0) console.MarkupLine("[bold red]NOTHING IS RETAINED.[/] 'curate stats' shows which filter rejects.");
        if (!reported) console.WriteLine($"The report was left out: it is written for up to {Number(SnapshotStage.MostReportedClips)} clips. 'curate stats' has the numbers.");
    }

    private static Table Groups(IReadOnlyList<DedupGroup> groups)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Kind").AddColumn("Clip").AddColumn("Source").AddColumn(new TableColumn("From").RightAligned()).AddColumn(new TableColumn("Lasts").RightAligned()).AddColumn(new TableColumn("Short side").RightAligned()).AddColumn("Verdict");
        foreach (var group in groups)
        {
            Add(table, $"[bold]{group.Kind.ToName()}[/]", group.Best, group.Best.Outcome == ClipOutcome.Held ? "[yellow]kept, held[/]" : "[green]kept[/]");
            foreach (var other in group.Others) Add(table, "", other, group.Dropped ? "[red]out[/]" : other.Outcome == ClipOutcome.Held ? "[yellow]kept, held[/]" : "[green]kept[/]");
        }

        return table;
    }

    private static void Add(Table table, string kind, ComparedClip clip, string verdict) => table.AddRow(
        kind,
        clip.Id.Value[..Math.Min(DigitsOfId, clip.Id.Value.Length)],
        Markup.Escape(DisplayName.Of(clip.SourceUri)),
        string.Create(CultureInfo.InvariantCulture, $"{clip.StartSeconds:0.0} s"),
        string.Create(CultureInfo.InvariantCulture, $"{clip.Seconds:0.0} s"),
        string.Create(CultureInfo.InvariantCulture, $"{clip.ShortSide} px"),
        verdict);

    private static string Line(DedupSummary summary, DuplicateKind kind)
    {
        var groups = summary.Of(kind).ToList();
        var others = groups.Sum(group => group.Others.Count);
        var what = kind switch
        {
            DuplicateKind.Same => "same picture and sound",
            DuplicateKind.SamePicture => "same picture, new sound",
            _ => "same sound, new picture",
        };
        var fate = groups.Count == 0 ? "" : groups.TrueForAll(group => group.Dropped) ? $", {Number(others)} of their clips {(summary.Dry ? "would go" : "are out")}" : $", all of their {Number(groups.Count + others)} clips stay";
        return $"{Number(groups.Count)} {(groups.Count == 1 ? "group" : "groups")} with the {what}{fate}.";
    }

    private static string NotCompared(DedupPlan plan)
    {
        var why = new List<string>();
        if (plan.Rejected > 0) why.Add($"{Number(plan.Rejected)} are rejected by other limits");
        if (plan.Featureless > 0) why.Add($"{Number(plan.Featureless)} have neither picture nor sound to be told by");
        return why.Count == 0 ? "" : $" Of the others {string.Join(", ", why)}.";
    }

    private static string End(DedupSummary summary)
    {
        if (summary.Dry) return $"{Number(summary.Plan.Dropped)} clips ({Minutes(summary.Plan.DroppedSeconds)}) {(summary.Plan.Changes ? "would be out" : "are out already")}. Nothing was written.";
        if (summary.Result is not { Changed: true }) return "Nothing to do: every clip stays where it is.";

        var back = summary.Back > 0 ? $", {Number(summary.Back)} came back" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Number(summary.Gone)} clips went out{back}. Snapshot {summary.Manifest.Id}, parent {summary.Manifest.Parent}, {Number(summary.Manifest.Funnel.Retained)} retained, in {summary.Seconds:0.0} s.");
    }

    private static string Minutes(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.0} min");

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
