using System.CommandLine;
using Curation.Silo;
using Curation.Silo.Commands;

var root = new RootCommand("""
    Turns raw video into aligned audio, video and caption triplets for training joint audio-video generators.

    Start with:   curate quickstart
    Then:         curate run --input my-videos --output my-dataset
    """);
root.Subcommands.Add(QuickstartCommand.Create());
root.Subcommands.Add(RunCommand.Create());
root.Subcommands.Add(PlanCommand.Create());
root.Subcommands.Add(RejudgeCommand.Create());
root.Subcommands.Add(CalibrateCommand.Create());
root.Subcommands.Add(DedupCommand.Create());
root.Subcommands.Add(ExplainCommand.Create());
root.Subcommands.Add(StatsCommand.Create());
root.Subcommands.Add(GcCommand.Create());
root.Subcommands.Add(VerifyCommand.Create());
root.Subcommands.Add(ExportCommand.Create());
root.Subcommands.Add(ModelsCommand.Create());
root.Subcommands.Add(RunsCommand.Create());
root.Subcommands.Add(DashboardCommand.Create());
root.Subcommands.Add(SiloCommand.Create());
root.Subcommands.Add(ScheduleCommand.Create());
root.Subcommands.Add(TrainCommand.Create());

var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync($"curate: {error.Message}");
    await Console.Error.WriteLineAsync($"Nothing was started. See 'curate {string.Join(' ', parsed.CommandResult.Command == root ? [] : new[] { parsed.CommandResult.Command.Name, "" })}--help'.");
    return ExitCodes.Wrong;
}

// A cancelled run ends its processes and keeps what is finished; it gets the time for it. A silo hears signals itself, to drain.
var isSilo = parsed.CommandResult.Command.Name == SiloCommand.Name;
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = isSilo ? null : TimeSpan.FromMinutes(1) });
