using System.Text.Json;
using Curation.Grains;
using Spectre.Console;

namespace Curation.Silo.Commands;

/// <summary>How <c>curate runs</c> writes what it says.</summary>
internal static class RunsJson
{
    private const int RedirectedWidth = 1000;

    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, SnakeCase);

    /// <summary>A state in one word.</summary>
    public static string Word(RunState state) => state.ToString().ToLowerInvariant();

    /// <summary>The word in its colour, as markup.</summary>
    public static string Coloured(string word) => word switch
    {
        "done" => $"[green]{word}[/]",
        "failed" => $"[red]{word}[/]",
        "paused" or "cancelled" => $"[yellow]{word}[/]",
        _ => $"[blue]{word}[/]",
    };

    /// <summary>A console on a writer; what is no terminal has no right edge to wrap at.</summary>
    public static IAnsiConsole Console(TextWriter output)
    {
        if (output == System.Console.Out && !System.Console.IsOutputRedirected) return AnsiConsole.Console;

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = RedirectedWidth;
        return console;
    }
}
