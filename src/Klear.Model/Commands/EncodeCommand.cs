using System.CommandLine;

namespace Klear.Model.Commands;

/// <summary><c>klear encode</c>: latents and text features of a data set, ahead of training.</summary>
internal static class EncodeCommand
{
    public static Command Create()
    {
        var dataset = new Option<string>("--dataset", "-d") { Description = "A data set that curate made.", HelpName = "DIR", Required = true };
        var output = new Option<string>("--output", "-o") { Description = "Folder of the cache; clips that are in it already are kept.", HelpName = "DIR", Required = true };
        var config = new Option<string?>("--config", "-c") { Description = "The training plan, whose section 'encode' says how; without it 64x64 pixels, 8 pictures a second, 2 s.", HelpName = "FILE" };
        var command = new Command("encode", """
            Turns every kept clip of a data set into latents and its captions into text features, once, so that training need not.
            'klear train' does it by itself where it is given a data set; do it ahead to share the cache between runs.

            Example:  klear encode --dataset my-dataset --output my-latents --config samples/nano.yaml

            Exit codes:  0 done · 1 it could not be finished; what is encoded is kept · 2 wrong command or plan, nothing was started · 130 cancelled
            """)
        {
            dataset, output, config,
        };
        command.SetAction((parsed, cancellationToken) => CommandEdge.RunAsync(() =>
            Encoding.RunAsync(parsed.GetRequiredValue(dataset), parsed.GetRequiredValue(output), parsed.GetValue(config), cancellationToken)));
        return command;
    }
}
