using System.Text.Json;
using Curation.Models.Catalogue;
using Spectre.Console;

namespace Curation.Silo.Commands;

/// <summary><c>curate models list</c>.</summary>
internal static class ModelsListing
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task<int> WriteAsync(ModelsSession session, bool json, CancellationToken cancellationToken)
    {
        var statuses = await session.Folder.StatusAsync(cancellationToken);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { Models = session.Folder.Path, Slots = statuses.Select(Row) }, SnakeCase));
            return ExitCodes.Done;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumn("Slot").AddColumn("State").AddColumn("Model").AddColumn("Licence");
        foreach (var status in statuses)
        {
            var slot = status.Slot;
            var licence = Markup.Escape(slot.Licence) + (slot.NonCommercial ? " [yellow](non-commercial)[/]" : "");
            table.AddRow($"[bold]{Markup.Escape(slot.Slot)}[/]", Word(status.Condition), Markup.Escape($"{slot.Model}, {slot.Version}"), licence);
        }

        AnsiConsole.Write(table);
        foreach (var status in statuses.Where(status => status.Condition is SlotCondition.Absent or SlotCondition.WrongHash))
        {
            AnsiConsole.WriteLine($"{status.Slot.Slot}: {status.Reason}.");
        }

        AnsiConsole.Profile.Out.Writer.WriteLine($"Models: {session.Folder.Path}");
        return ExitCodes.Done;
    }

    public static string Name(SlotCondition condition) => condition switch
    {
        SlotCondition.Present => "present",
        SlotCondition.Absent => "absent",
        SlotCondition.WrongHash => "wrong hash",
        _ => "endpoint",
    };

    private static string Word(SlotCondition condition) => condition switch
    {
        SlotCondition.Present => $"[green]{Name(condition)}[/]",
        SlotCondition.WrongHash => $"[red]{Name(condition)}[/]",
        _ => $"[grey]{Name(condition)}[/]",
    };

    private static object Row(SlotStatus status) => new
    {
        status.Slot.Slot,
        State = Name(status.Condition),
        status.Reason,
        status.Slot.Model,
        status.Slot.Version,
        status.Slot.Licence,
        status.Slot.NonCommercial,
        Imported = status.Slot.Kind == SlotKind.Imported,
        status.Slot.Project,
        status.Slot.CitedBy,
        Sha256 = status.Digest,
        Files = status.Files.Select(file => new { file.File.Name, file.Path, file.Sha256, Expected = file.Expected, file.File.Url }),
    };
}
