using System.CommandLine;

namespace Curation.Silo.Commands;

/// <summary><c>curate calibrate</c>: proposes the limits of a policy.</summary>
internal static class CalibrateCommand
{
    private const string DefaultPolicy = "klear";

    public static Command Create()
    {
        var dataset = DatasetOptions.Dataset();
        var retain = new Option<double?>("--retain") { Description = "The share of clips that should pass: above 0, at most 1.", HelpName = "SHARE" };
        var labels = new Option<string?>("--labels") { Description = "What people said of clips: a CSV file with the columns clip_id,keep (1/0, true/false, yes/no or keep/drop).", HelpName = "FILE.csv" };
        var policy = new Option<string>("--policy", "-p")
        {
            Description = "The policy to start from: a file, or a preset. A data set knows only the name and the hash of its own.",
            HelpName = "FILE-or-NAME",
            DefaultValueFactory = _ => DefaultPolicy,
        };
        var output = new Option<string>("--output", "-o") { Description = "The policy file to write; its name without ending becomes the policy's name.", HelpName = "NEW-POLICY.yaml", Required = true };
        var html = new Option<string?>("--html") { Description = "Also write a page with a plot of each limit.", HelpName = "FILE.html" };
        var force = new Option<bool>("--force") { Description = "Replace files that are there." };
        var json = DatasetOptions.Json();

        var command = new Command("calibrate", """
            Proposes the limits of a policy: for a wanted share of clips, or from labels that people gave. Writes a policy file whose comments say
            where each limit came from. It looks at stored measurements: no media is opened, and nothing in the data set is changed.

            Example:  curate calibrate --dataset my-dataset --retain 0.27 --policy demo --output mine.yaml --html mine.html
            Labels:   curate calibrate --dataset my-dataset --labels labels.csv --output mine.yaml
            Then:     curate rejudge --dataset my-dataset --policy mine.yaml

            The share is that of all clips of the snapshot (triplets, held and rejected). Limits of measurements that no clip has are neither moved nor
            counted. Limits on size, safety, container skew and kind of sound are never moved, and clips too short stay out.
            Labels need at least 20 keeps and 20 drops on which a limit has something to say; limits with fewer stay as they are.

            Exit codes:  0 done · 1 the data set or a file could not be read or written · 2 wrong command, labels or data set, nothing was written · 130 cancelled
            """)
        {
            dataset, retain, labels, policy, output, html, force, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(retain) is null == result.GetResult(labels) is null) result.AddError("give either --retain SHARE or --labels FILE.csv.");
        });
        command.SetAction((parsed, cancellationToken) => new CalibrateRun(Console.Out, Console.Error).ExecuteAsync(
            new CalibrateArguments(
                parsed.GetRequiredValue(dataset),
                parsed.GetValue(retain),
                parsed.GetValue(labels),
                parsed.GetRequiredValue(policy),
                parsed.GetRequiredValue(output),
                parsed.GetValue(html),
                parsed.GetValue(force),
                parsed.GetValue(json)),
            cancellationToken));
        return command;
    }
}
