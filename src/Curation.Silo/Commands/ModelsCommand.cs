using System.CommandLine;

namespace Curation.Silo.Commands;

/// <summary><c>curate models</c>: the catalogue of models and what of it lies here.</summary>
internal static class ModelsCommand
{
    public static Command Create()
    {
        var command = new Command("models", """
            Lists, downloads, checks and imports the models that curation can use. Without models, estimators on the signal are used and the rows say so.

            Example:  curate models list
            """);
        command.Subcommands.Add(List());
        command.Subcommands.Add(Pull());
        command.Subcommands.Add(Check());
        command.Subcommands.Add(Import());
        return command;
    }

    private static Command List()
    {
        var (folder, json) = (Folder(), Json());
        var command = new Command("list", """
            Shows every slot: its model, its licence, and whether it is present.

            Example:  curate models list --models my-models
            """)
        {
            folder, json,
        };
        command.SetAction((parsed, cancellationToken) => ModelsSession.RunAsync(parsed.GetValue(folder), session =>
            ModelsListing.WriteAsync(session, parsed.GetValue(json), cancellationToken)));
        return command;
    }

    private static Command Pull()
    {
        var slot = new Argument<string>("SLOT") { Description = "Name of the slot, as 'curate models list' shows it." };
        var folder = Folder();
        var command = new Command("pull", """
            Downloads the files of a slot, going on where an earlier download stopped, and checks their SHA-256. Nothing that is downloaded is run.

            Example:  curate models pull mos

            Exit codes:  0 what has an address is there, and the output says what else is needed · 1 a file could not be had or has the wrong hash · 2 wrong command · 130 cancelled
            """)
        {
            slot, folder,
        };
        command.SetAction((parsed, cancellationToken) => ModelsSession.RunAsync(parsed.GetValue(folder), session =>
            ModelsPull.RunAsync(session, parsed.GetRequiredValue(slot), cancellationToken)));
        return command;
    }

    private static Command Check()
    {
        var slot = new Argument<string?>("SLOT") { Description = "Name of one slot; all that are present without it.", Arity = ArgumentArity.ZeroOrOne };
        var (folder, json) = (Folder(), Json());
        var command = new Command("check", """
            Loads each model that is present, compares its inputs with what its slot expects, runs it on a known input and shows latency and output shapes.

            Example:  curate models check mos

            Exit codes:  0 every model that is present works · 1 one does not · 2 wrong command
            """)
        {
            slot, folder, json,
        };
        command.SetAction((parsed, cancellationToken) => ModelsSession.RunAsync(parsed.GetValue(folder), session =>
            ModelsCheck.RunAsync(session, parsed.GetValue(slot), parsed.GetValue(json), cancellationToken)));
        return command;
    }

    private static Command Import()
    {
        var slot = new Argument<string>("SLOT") { Description = "Name of the slot that will run the model." };
        var checkpoint = new Option<string>("--checkpoint") { Description = "The published checkpoint: .pt, .pth or .safetensors.", HelpName = "FILE", Required = true };
        var output = new Option<string>("--output", "-o") { Description = "Folder of the graphs, or a path that ends in .onnx for a model of one graph.", HelpName = "PATH", Required = true };
        var half = new Option<bool>("--fp16") { Description = "Write half precision, for GPUs." };
        var command = new Command("import", """
            Turns a published PyTorch checkpoint into ONNX graphs. Nothing in the checkpoint is executed; Python is not needed.

            Example:  curate models import sync --checkpoint 24-01-04T16-39-21.pt --output models/onnx/sync

            Exit codes:  0 done · 1 the checkpoint is damaged, refused or of another model · 2 wrong command, nothing was started
            """)
        {
            slot, checkpoint, output, half,
        };
        command.SetAction((parsed, cancellationToken) => ModelsSession.RunAsync(null, _ => ModelsImport.RunAsync(
            parsed.GetRequiredValue(slot), parsed.GetRequiredValue(checkpoint), parsed.GetRequiredValue(output), parsed.GetValue(half), cancellationToken)));
        return command;
    }

    private static Option<string?> Folder() => new("--models")
    {
        Description = $"Folder of the models. Default: {ModelsPlace.Variable}, or models/onnx of the program's repository, or {ModelsPlace.UserFolder}.",
        HelpName = "DIR",
    };

    private static Option<bool> Json() => new("--json") { Description = "Print one JSON document." };
}
