using Curation.Grains;
using Curation.Pipeline.Runs;
using Spectre.Console;

namespace Curation.Silo.Commands;

/// <summary>What a run leaves on the screen, and its exit code.</summary>
internal static class RunEnding
{
    private const int RedirectedWidth = 1000;

    /// <summary>Writes the summary of an ended run.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> WriteAsync(
        TextWriter output, TextWriter errors, RunPlan plan, RunProgress progress, IReadOnlyList<QuarantinedSource> quarantined, TimeSpan wall, bool json)
    {
        if (json)
        {
            await output.WriteLineAsync(RunSummary.From(plan.RunId, progress, wall, plan.Output).ToJson());
            await RunEpilogue.WriteTroubleAsync(errors, progress, plan);
        }
        else
        {
            // A file has no right edge to wrap at.
            if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = RedirectedWidth;
            await RunEpilogue.WriteAsync(AnsiConsole.Console, errors, plan, progress, quarantined, wall);
        }

        return ExitCode(progress);
    }

    private static int ExitCode(RunProgress progress) => progress switch
    {
        { State: RunState.Cancelled } => ExitCodes.Cancelled,
        { State: RunState.Failed } => ExitCodes.Failed,
        { Counts.Retained: 0 } => ExitCodes.NothingRetained,
        { Counts.Quarantined: > 0 } => ExitCodes.SomeQuarantined,
        _ => ExitCodes.Done,
    };
}
