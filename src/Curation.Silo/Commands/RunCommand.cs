using System.CommandLine;
using Curation.Silo.Cluster;

namespace Curation.Silo.Commands;

/// <summary><c>curate run</c>: the main job.</summary>
internal static class RunCommand
{
    private const string DefaultPolicy = "klear";

    public static Command Create()
    {
        var input = new Option<string>("--input", "-i")
        {
            Description = "A video file, a folder (searched recursively), azblob://ACCOUNT/CONTAINER/PREFIX, or a .txt or .jsonl list of files.",
            HelpName = "SRC",
            Required = true,
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder of the data set, or azblob://ACCOUNT/CONTAINER/PREFIX. Running again continues: finished sources are not done again.",
            HelpName = "DST",
            Required = true,
        };
        var policy = new Option<string>("--policy", "-p")
        {
            Description = "A policy file, or a preset: klear (strict, the paper's limits) or demo (small clips pass).",
            HelpName = "FILE-or-NAME",
            DefaultValueFactory = _ => DefaultPolicy,
        };
        var models = new Option<string?>("--models", "-m")
        {
            Description = "Folder with model weights, and endpoints.json where remote models are to be asked; see 'curate models list'. Without it the signal alone decides.",
            HelpName = "DIR",
        };
        var limit = new Option<int?>("--limit") { Description = "Stop after this many sources.", HelpName = "N" };
        var parallelism = new Option<int>("--parallelism")
        {
            Description = "Sources in flight at once; on a cluster as many as its silos take, unless given.",
            HelpName = "N",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var cluster = new Option<string?>("--cluster")
        {
            Description = "Submit the run to a cluster and follow it: redis://HOST:PORT[/CLUSTER_ID], a silo's gateway HOST:PORT, or nothing for the configured one. Without this option everything happens in this process.",
            HelpName = "ADDRESS",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var detach = new Option<bool>("--detach") { Description = "With --cluster: return as soon as the run is submitted, and print its id." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object when the run ends; progress goes to standard error." };

        var command = new Command("run", """
            Curates videos: one decode measures every scene, the policy decides, kept clips are cut, captioned and written as a Parquet data set with a report.

            Example:  curate run --input my-videos --output my-dataset --policy demo
            Models:   curate run --input my-videos --output my-dataset --models my-models
            Cluster:  curate run --input azblob://ACCOUNT/CONTAINER/videos --output azblob://ACCOUNT/CONTAINER/dataset --cluster redis://redis-host:6379
                      Every silo must see the input, the output and the models; each checks that before the run starts.
                      Ctrl-C stops following (130), the run goes on: curate runs show RUN_ID, curate runs cancel RUN_ID.

            Blobs:    accounts are configured as for a silo, by Curate__Blob__ConnectionString or Curate__Blob__Accounts__NAME__{ConnectionString|AccountKey|
                      Sas|ServiceUrl} in the environment, in appsettings.json or in secret files (CURATE_SECRETS); else AZURE_STORAGE_CONNECTION_STRING,
                      else the machine's identity.
            GPU:      Curate__Models__Device__Provider=cuda, in a build with -p:OnnxGpu=true; all settings: curate silo --help

            Exit codes:  0 done · 1 the run could not end (what is finished is kept) · 2 wrong command or configuration, nothing started ·
                         3 done, some sources quarantined · 4 done, nothing retained · 130 cancelled
            """)
        {
            input, output, policy, models, limit, parallelism, cluster, detach, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(detach) is { Implicit: false } && result.GetResult(cluster) is null) result.AddError("--detach: only a run on a cluster can be left alone; give --cluster too.");
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var arguments = new RunArguments(
                parsed.GetRequiredValue(input),
                parsed.GetRequiredValue(output),
                parsed.GetRequiredValue(policy),
                parsed.GetValue(models),
                parsed.GetValue(limit),
                parsed.GetValue(parallelism),
                parsed.GetValue(json));
            if (parsed.GetResult(cluster) is null) return new CurationRun(Console.Out, Console.Error, TimeProvider.System).ExecuteAsync(arguments, cancellationToken);

            int? given = parsed.GetResult(parallelism) is { Implicit: false } ? arguments.Parallelism : null;
            return new ClusterRun(Console.Out, Console.Error, TimeProvider.System).ExecuteAsync(parsed.GetValue(cluster) ?? "", arguments, given, parsed.GetValue(detach), cancellationToken);
        });
        return command;
    }
}
