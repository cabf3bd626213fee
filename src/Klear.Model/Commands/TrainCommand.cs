using System.CommandLine;

namespace Klear.Model.Commands;

/// <summary><c>klear train</c>: a model from a plan and a data set.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var config = new Option<string>("--config", "-c") { Description = "The training plan: YAML with the model, its codecs, the optimiser and the stages.", HelpName = "FILE", Required = true };
        var dataset = new Option<string>("--dataset", "-d") { Description = "A data set that curate made, or a cache of 'klear encode'.", HelpName = "DIR", Required = true };
        var output = new Option<string>("--output", "-o") { Description = "Folder of the run: checkpoints, metrics.jsonl, TensorBoard events, and the latents where a data set is given.", HelpName = "DIR", Required = true };
        var resume = new Option<bool>("--resume") { Description = "Go on from the newest whole checkpoint in the output; start where there is none." };
        var command = new Command("train", """
            Trains through the stages of a plan. Checkpoints are folders of safetensors and JSON; a run that goes on from one ends exactly as one that never stopped.

            Example:  klear train --config samples/nano.yaml --dataset my-dataset --output my-model

            Exit codes:  0 all stages are done · 1 it stopped: diverged, no room, a damaged file; the last good checkpoint is kept · 2 wrong command, plan or data, nothing was started · 130 cancelled, after a checkpoint
            """)
        {
            config, dataset, output, resume,
        };
        command.SetAction((parsed, cancellationToken) => CommandEdge.RunAsync(() =>
            TrainingRun.RunAsync(parsed.GetRequiredValue(config), parsed.GetRequiredValue(dataset), parsed.GetRequiredValue(output), parsed.GetValue(resume), cancellationToken)));
        return command;
    }
}
