using System.CommandLine;
using Klear.Model.Commands;

var root = new RootCommand("""
    Trains Klear, a joint audio-video generator, on the triplets that curate makes, and generates with it.

    Start with:   klear train --config samples/nano.yaml --dataset my-dataset --output my-model
    Then:         klear generate --checkpoint my-model --task t2av --prompt "a dog barks" --output dog.mp4
    """);
root.Subcommands.Add(EncodeCommand.Create());
root.Subcommands.Add(TrainCommand.Create());
root.Subcommands.Add(GenerateCommand.Create());

var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync($"klear: {error.Message}");
    await Console.Error.WriteLineAsync($"Nothing was started. See 'klear {string.Join(' ', parsed.CommandResult.Command == root ? [] : new[] { parsed.CommandResult.Command.Name, "" })}--help'.");
    return ExitCodes.Wrong;
}

// A cancelled run writes a checkpoint; it gets the time for it.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
