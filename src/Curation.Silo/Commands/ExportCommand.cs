using System.CommandLine;
using Curation.Clips;
using Curation.Dataset.Exporting;

namespace Curation.Silo.Commands;

/// <summary><c>curate export</c>: the retained clips in the form that trainers read.</summary>
internal static class ExportCommand
{
    private const int BytesPerMegabyte = 1_000_000;

    public static Command Create()
    {
        var dataset = DatasetOptions.Dataset();
        var format = new Option<string>("--format", "-f")
        {
            Description = "webdataset: tars with CLIP.mp4, CLIP.json and CLIP.txt, and an index · jsonl: one line a clip, the media stays in the data set · hf: a folder that Hugging Face datasets loads as it is.",
            HelpName = string.Join('|', ExportFormatNames.All),
            Required = true,
        };
        format.AcceptOnlyFromAmong([.. ExportFormatNames.All]);
        var output = new Option<string>("--output", "-o") { Description = "Folder to write: one that is not there yet, or an empty one. It appears when it is whole.", HelpName = "DIR", Required = true };
        var splits = new Option<string[]>("--split") { Description = $"Only these, with commas between them: {string.Join(", ", SplitNames.All)}.", HelpName = "NAMES" };
        var shard = new Option<int>("--shard-size")
        {
            Description = "The most millions of bytes of one tar; webdataset only.",
            HelpName = "MB",
            DefaultValueFactory = _ => (int)(ExportRequest.DefaultShardBytes / BytesPerMegabyte),
        };
        var json = DatasetOptions.Json();
        var command = new Command("export", """
            Writes the retained clips of a finished data set for other programs to read. Every clip's media is compared with its row; the first that is gone or changed ends the export with its name, and nothing is left under DIR.

            Example:  curate export --dataset my-dataset --format webdataset --output my-tars
                      curate export --dataset my-dataset --format hf --split single_speech,multi_speech --output my-speech

            While it works the folder is called DIR.partial; what a killed export left there the next one to DIR clears away.

            Exit codes:  0 done · 1 the data set is damaged or the export could not end · 2 wrong command, no data set, or DIR cannot be written · 4 nothing is retained, nothing was written · 130 cancelled
            """)
        {
            dataset, format, output, splits, shard, json,
        };
        command.SetAction((parsed, cancellationToken) => new ExportRun(Console.Out, Console.Error, TimeProvider.System).ExecuteAsync(
            new ExportArguments(
                parsed.GetRequiredValue(dataset),
                ExportFormatNames.Find(parsed.GetRequiredValue(format))!.Value,
                parsed.GetRequiredValue(output),
                [.. (parsed.GetValue(splits) ?? []).SelectMany(names => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()],
                parsed.GetValue(shard),
                parsed.GetValue(json)),
            cancellationToken));
        return command;
    }
}
