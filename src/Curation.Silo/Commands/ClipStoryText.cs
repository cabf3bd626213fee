using System.Globalization;
using Curation.Clips;
using Curation.Dataset.Browsing;
using Curation.Silo.Following;
using Spectre.Console;

namespace Curation.Silo.Commands;

/// <summary>One clip's story for people.</summary>
internal static class ClipStoryText
{
    public static void Write(IAnsiConsole console, ClipStory story, ClipRecord clip)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        grid.AddRow("[bold]Clip[/]", story.ClipId);
        grid.AddRow("[bold]Verdict[/]", Coloured(clip.Outcome) + (story.Reason is { } reason ? $": {Markup.Escape(reason)}" : ""));
        grid.AddRow("[bold]Source[/]", Markup.Escape(DisplayName.Of(story.SourceUri)) + string.Create(CultureInfo.InvariantCulture, $", {story.StartS:0.###} to {story.EndS:0.###} s"));
        if (story.Split is { } split) grid.AddRow("[bold]Split[/]", Markup.Escape(split));
        if (story.MediaPath is { } media) grid.AddRow("[bold]Media[/]", Markup.Escape(media));
        if (story.Caption is { } caption) grid.AddRow("[bold]Caption[/]", Markup.Escape(caption));
        if (story.Transcript is { } transcript) grid.AddRow("[bold]Transcript[/]", Markup.Escape(transcript));
        grid.AddRow("[bold]Policy[/]", Markup.Escape($"{story.Policy} ({story.PolicySha256[..12]})"));
        console.Write(grid);

        var table = new Table().Border(TableBorder.Rounded).AddColumn("Measurement").AddColumn(new TableColumn("Value").RightAligned()).AddColumn("Limit").AddColumn("Verdict").AddColumn("Method").AddColumn("Why");
        foreach (var line in story.Measurements)
        {
            table.AddRow(
                Markup.Escape(line.Name),
                line.Value is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value:0.####}{(line.Unit is null or "ratio" ? "" : " " + line.Unit)}") : "-",
                Markup.Escape(line.Limit ?? ""),
                Verdict(line.Verdict),
                Markup.Escape(line.Method is null or Clips.Measuring.Measurement.NoMethod ? "" : $"{line.Method}/{line.MethodVersion}"),
                Markup.Escape(line.Verdict is "reject" or "hold" || line.Value is null ? line.Reason ?? "" : ""));
        }

        console.Write(table);
        if (story.ChangesThatRetain.Count > 0) console.WriteLine($"It would be retained by a policy that says {string.Join(" and ", story.ChangesThatRetain)}.");
        if (story.ModelsAbsent.Count > 0) console.WriteLine($"Models absent: {string.Join(", ", story.ModelsAbsent)}.");
    }

    private static string Coloured(ClipOutcome outcome) => outcome switch
    {
        ClipOutcome.Retained => "[green]retained[/]",
        ClipOutcome.Held => "[yellow]held[/]",
        _ => "[red]rejected[/]",
    };

    private static string Verdict(string? word) => word switch
    {
        null => "",
        "pass" => "[green]pass[/]",
        "reject" => "[red]reject[/]",
        "hold" => "[yellow]hold[/]",
        _ => $"[grey]{word.Replace('_', ' ')}[/]",
    };
}
