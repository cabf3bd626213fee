using System.CommandLine;
using Curation.Silo.Hosting;

namespace Curation.Silo.Commands;

/// <summary><c>curate runs</c>: the runs of a cluster.</summary>
internal static class RunsCommand
{
    private const int ListedRuns = 50;

    public static Command Create() => new("runs", "Lists, shows, cancels and repeats the runs of a cluster.")
    {
        List(), Show(), Cancel(), Retry(),
    };

    private static Command List()
    {
        var (cluster, json) = (Cluster(), Json());
        var limit = new Option<int>("--limit") { Description = "The latest so many.", HelpName = "N", DefaultValueFactory = _ => ListedRuns };
        var command = new Command("list", "Lists the runs, the latest first.") { limit, cluster, json };
        command.SetAction((parsed, cancellationToken) => UseAsync(
            parsed.GetValue(cluster), runs => new RunsListing(runs, Console.Out).WriteAsync(parsed.GetValue(limit), parsed.GetValue(json)), cancellationToken));
        return command;
    }

    private static Command Show()
    {
        var (run, cluster, json) = (Run(), Cluster(), Json());
        var command = new Command("show", "Shows one run: how far it is, its counts, its quarantined sources.") { run, cluster, json };
        command.SetAction((parsed, cancellationToken) => UseAsync(
            parsed.GetValue(cluster), runs => new RunsShow(runs, Console.Out, Console.Error).WriteAsync(parsed.GetRequiredValue(run), parsed.GetValue(json)), cancellationToken));
        return command;
    }

    private static Command Cancel()
    {
        var (run, cluster, json) = (Run(), Cluster(), Json());
        var command = new Command("cancel", "Cancels a run. What is finished is kept; 'curate runs retry' goes on from there.") { run, cluster, json };
        command.SetAction((parsed, cancellationToken) => UseAsync(
            parsed.GetValue(cluster), runs => new RunsChange(runs, Console.Out, Console.Error, TimeProvider.System).CancelAsync(parsed.GetRequiredValue(run), parsed.GetValue(json)), cancellationToken));
        return command;
    }

    private static Command Retry()
    {
        var (run, cluster, json) = (Run(), Cluster(), Json());
        var command = new Command("retry", "Does a run that has ended again, under a new name: sources that did not get through or are new are worked on; finished ones, and files that are quarantined for what they hold, are only looked up.") { run, cluster, json };
        command.SetAction((parsed, cancellationToken) => UseAsync(
            parsed.GetValue(cluster), runs => new RunsChange(runs, Console.Out, Console.Error, TimeProvider.System).RetryAsync(parsed.GetRequiredValue(run), parsed.GetValue(json)), cancellationToken));
        return command;
    }

    private static Task<int> UseAsync(string? cluster, Func<IGrainFactory, Task<int>> work, CancellationToken cancellationToken) =>
        ClusterClientFactory.UseAsync(cluster, Console.Error, connection => work(connection.Grains), cancellationToken);

    private static Argument<string> Run() => new("run") { Description = "The run's id, as 'curate runs list' shows it.", HelpName = "ID" };

    private static Option<string?> Cluster() => new("--cluster")
    {
        Description = "redis://HOST:PORT[/CLUSTER_ID], or a silo's gateway HOST:PORT; without it what is configured, else this machine's silo.",
        HelpName = "ADDRESS",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static Option<bool> Json() => new("--json") { Description = "Print JSON." };
}
