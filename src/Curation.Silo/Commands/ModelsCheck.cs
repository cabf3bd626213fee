using System.Globalization;
using System.Text.Json;
using Curation.Models.Catalogue;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Curation.Silo.Commands;

/// <summary><c>curate models check</c>.</summary>
internal static class ModelsCheck
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task<int> RunAsync(ModelsSession session, string? name, bool json, CancellationToken cancellationToken)
    {
        CatalogSlot? only = null;
        if (name is not null && (only = await session.FindAsync(name)) is null) return ExitCodes.Wrong;

        var checker = session.Services.GetRequiredService<ModelChecker>();
        var checks = new List<ModelCheck>();
        foreach (var slot in only is null ? session.Catalog.Slots : [only]) checks.AddRange(await checker.CheckAsync(slot, session.Folder, cancellationToken));

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { Models = session.Folder.Path, Checks = checks }, SnakeCase));
        }
        else
        {
            Write(checks);
            AnsiConsole.Profile.Out.Writer.WriteLine($"Models: {session.Folder.Path}");
        }

        // A slot that was asked for by name and is not there does not work.
        var wanting = only is { Kind: not SlotKind.Endpoint } && checks.TrueForAll(check => check.File is null);
        return wanting || checks.Exists(check => check.Faults.Count > 0) ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static void Write(List<ModelCheck> checks)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Slot").AddColumn("File").AddColumn(new TableColumn("Latency").RightAligned()).AddColumn("Result");
        foreach (var check in checks)
        {
            var latency = check.Milliseconds?.ToString("0.0 'ms'", CultureInfo.InvariantCulture) ?? "";
            var result = check.Faults.Count > 0 ? $"[red]{Markup.Escape(string.Join("; ", check.Faults))}[/]"
                : check.Outputs.Count > 0 ? $"[green]{Markup.Escape(string.Join(", ", check.Outputs))}[/]"
                : $"[grey]{Markup.Escape(check.Note ?? "")}[/]";
            table.AddRow(Markup.Escape(check.Slot), Markup.Escape(check.File ?? ""), latency, result);
        }

        AnsiConsole.Write(table);
    }
}
