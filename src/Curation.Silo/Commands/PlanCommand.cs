using System.CommandLine;
using Curation.Pipeline.Planning;

namespace Curation.Silo.Commands;

/// <summary><c>curate plan</c>: a forecast of a run from a sample of its sources.</summary>
internal static class PlanCommand
{
    private const string DefaultPolicy = "klear";

    // Enough for an interval of about a third of the forecast where sources differ as much as they are large. Uncalibrated.
    private const int DefaultSample = 30;

    public static Command Create()
    {
        var input = new Option<string>("--input", "-i")
        {
            Description = "A folder (searched recursively), azblob://ACCOUNT/CONTAINER/PREFIX, or a .txt or .jsonl list, as for 'curate run'.",
            HelpName = "SRC",
            Required = true,
        };
        var sample = new Option<int>("--sample", "-n")
        {
            Description = "Sources to curate for the forecast; with as many as there are, counts are exact.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultSample,
        };
        var seed = new Option<int>("--seed") { Description = "Chooses the sample; the same seed chooses the same sources.", HelpName = "S" };
        var stratify = new Option<StratumKind?>("--stratify")
        {
            Description = "What parts the input: 'folder', the first one below the input, or 'container'. Without it folders, and containers where there is one folder.",
            HelpName = "folder|container",
        };
        var policy = new Option<string>("--policy", "-p")
        {
            Description = "A policy file, or a preset: klear or demo. Its table 'prices' turns hours and bytes into money.",
            HelpName = "FILE-or-NAME",
            DefaultValueFactory = _ => DefaultPolicy,
        };
        var models = new Option<string?>("--models", "-m") { Description = "Folder with model weights and endpoints.json, as for 'curate run'. Endpoints are asked, and paid, for the sample.", HelpName = "DIR" };
        var parallelism = new Option<int>("--parallelism") { Description = "Sources in flight at once.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
        var cores = new Option<int?>("--cores") { Description = "Cores that the run will have, for the hours on the clock; as many as here, unless given.", HelpName = "N" };
        var against = new Option<string?>("--against", "--dataset", "-d") { Description = "An earlier data set: tells which measurements have moved since its snapshot.", HelpName = "DST" };
        var keep = new Option<string?>("--keep") { Description = "A new folder that keeps the sample's data set; a later run into it does not do the sample again.", HelpName = "DIR" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object; progress goes to standard error." };

        var command = new Command("plan", """
            Forecasts a run before it is paid for: curates a random sample of the sources as 'curate run' would, and says what all of them are
            expected to give and to take: clips, yield of each split, hours of cores and GPU, storage and cost, each with a 90 % interval.
            The sample's data set lies in the folder for temporary files (TMPDIR) and is deleted afterwards.

            Example:  curate plan --input my-videos --sample 30 --policy demo
            Drift:    curate plan --input new-videos --policy mine.yaml --against my-dataset
            Prices:   in the policy file; only what is given is counted
                      prices: { currency: EUR, core_hour: ..., gpu_hour: ..., storage_gb_month: ..., request: ... }

            Exit codes:  0 done, warnings are listed · 1 the sample could not be curated · 2 wrong command or configuration, nothing started ·
                         4 done, nothing of the sample was retained · 130 cancelled
            """)
        {
            input, sample, seed, stratify, policy, models, parallelism, cores, against, keep, json,
        };
        command.SetAction((parsed, cancellationToken) => new PlanRun(Console.Out, Console.Error, TimeProvider.System).ExecuteAsync(
            new PlanArguments(
                parsed.GetRequiredValue(input),
                parsed.GetValue(sample),
                parsed.GetValue(seed),
                parsed.GetValue(stratify),
                parsed.GetRequiredValue(policy),
                parsed.GetValue(models),
                parsed.GetValue(parallelism),
                parsed.GetValue(cores),
                parsed.GetValue(against),
                parsed.GetValue(keep),
                parsed.GetValue(json)),
            cancellationToken));
        return command;
    }
}
