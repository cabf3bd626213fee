using System.CommandLine;
using System.Globalization;
using Curation.Pipeline.Verifying;

namespace Curation.Silo.Commands;

/// <summary><c>curate verify</c>: is a finished data set still what it says of itself?</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var dataset = DatasetOptions.Dataset();
        var sample = new Option<string>("--sample")
        {
            Description = "Clips that are decoded and measured again: a number, 0 for none, or 'all'.",
            HelpName = "N",
            DefaultValueFactory = _ => VerifyOptions.DefaultSample.ToString(CultureInfo.InvariantCulture),
        };
        var seed = new Option<int>("--seed") { Description = "Chooses the sample; the same seed chooses the same clips.", HelpName = "S" };
        var json = DatasetOptions.Json();
        var command = new Command("verify", """
            Compares a finished data set with what it says of itself, and lists everything that is wrong. It changes nothing.

            Shards:   every one is there, with the SHA-256 and the rows that dataset.json says.
            Media:    every retained clip's file is there, with the SHA-256 of its row; files that no row names are counted, as a warning.
            Sample:   clips are decoded to their end and measured again: size, picture and sound as long as the row says to one picture's
                      time, first sound and first picture as far apart as the row says (container_skew_s) to 0.1 ms.

            Example:  curate verify --dataset my-dataset
                      curate verify --dataset my-dataset --sample all --json

            Exit codes:  0 all that could be checked is well; checks that could not run, as without ffmpeg, are listed ·
                         1 problems were found, or the data set could not be read to its end · 2 wrong command or no data set · 130 cancelled
            """)
        {
            dataset, sample, seed, json,
        };
        command.SetAction((parsed, cancellationToken) => new VerifyRun(Console.Out, Console.Error, TimeProvider.System).ExecuteAsync(
            new VerifyArguments(parsed.GetRequiredValue(dataset), parsed.GetRequiredValue(sample), parsed.GetValue(seed), parsed.GetValue(json)), cancellationToken));
        return command;
    }
}
