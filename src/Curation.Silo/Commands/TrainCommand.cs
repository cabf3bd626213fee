using System.CommandLine;
using Curation.Silo.Hosting;

namespace Curation.Silo.Commands;

/// <summary><c>curate train</c>: trainings on a cluster.</summary>
internal static class TrainCommand
{
    private const int ListedTrainings = 50;

    public static Command Create() => new("train", """
        Trains on the silos of a cluster that have the role 'trainer'. Without a cluster, klear train does the same on this machine.

        Example:  curate train submit --config samples/nano.yaml --dataset my-dataset --output my-model
        """)
    {
        Submit(), List(), Show(), Cancel(),
    };

    private static Command Submit()
    {
        var config = new Option<string>("--config", "-c") { Description = "The training plan, as the trainer's silo finds it.", HelpName = "PLAN", Required = true };
        var dataset = new Option<string>("--dataset", "-d") { Description = "A data set that curate made, or a cache of 'klear encode', as the trainer's silo finds it.", HelpName = "DST", Required = true };
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder of checkpoints and metrics that every silo with the role sees: what is there is gone on from. One training at a time.",
            HelpName = "DIR",
            Required = true,
        };
        var detach = new Option<bool>("--detach") { Description = "Return as soon as the training is submitted, and print its id." };
        var (cluster, json) = (Cluster(), Json());
        var command = new Command("submit", """
            Starts 'klear train --resume' on a silo with the role 'trainer' and follows it. Where the trainer or its silo dies, another one goes on from
            the last checkpoint; after five in a row without a new checkpoint the training fails.

            Example:  curate train submit --config samples/nano.yaml --dataset my-dataset --output my-model
                      on this machine's silo, which 'curate silo' starts
            Cluster:  curate train submit --config /share/plan.yaml --dataset /share/dataset --output /share/model --cluster redis://redis-host:6379 --detach
                      Ctrl-C stops following (130), the training goes on: curate train show ID, curate train cancel ID.

            Exit codes:  0 all stages are done, or submitted with --detach · 1 the training could not end; its checkpoints are kept ·
                         2 wrong command, plan or data, or no silo with the role; nothing was started · 130 cancelled, or no longer followed
            """)
        {
            config, dataset, output, detach, cluster, json,
        };
        command.SetAction((parsed, cancellationToken) => ClusterClientFactory.UseAsync(
            parsed.GetValue(cluster),
            Console.Error,
            connection => new TrainSubmission(connection, Console.Out, Console.Error, TimeProvider.System).ExecuteAsync(
                new TrainArguments(parsed.GetRequiredValue(config), parsed.GetRequiredValue(dataset), parsed.GetRequiredValue(output), parsed.GetValue(detach), parsed.GetValue(json)),
                cancellationToken),
            cancellationToken));
        return command;
    }

    private static Command List()
    {
        var limit = new Option<int>("--limit") { Description = "The latest so many.", HelpName = "N", DefaultValueFactory = _ => ListedTrainings };
        var (cluster, json) = (Cluster(), Json());
        var command = new Command("list", """
            Lists the trainings, the latest first.

            Example:     curate train list

            Exit codes:  0 listed · 2 nobody answers
            """)
        {
            limit, cluster, json,
        };
        command.SetAction((parsed, cancellationToken) => UseAsync(
            parsed.GetValue(cluster), trainings => trainings.ListAsync(parsed.GetValue(limit), parsed.GetValue(json)), cancellationToken));
        return command;
    }

    private static Command Show()
    {
        var (training, cluster, json) = (Training(), Cluster(), Json());
        var command = new Command("show", """
            Shows one training: how far it is, where, and what happened to it.

            Example:     curate train show train-20250131T235959-0a1b2c

            Exit codes:  0 shown · 2 there is no such training, or nobody answers
            """)
        {
            training, cluster, json,
        };
        command.SetAction((parsed, cancellationToken) => UseAsync(
            parsed.GetValue(cluster), trainings => trainings.ShowAsync(parsed.GetRequiredValue(training), parsed.GetValue(json)), cancellationToken));
        return command;
    }

    private static Command Cancel()
    {
        var (training, cluster, json) = (Training(), Cluster(), Json());
        var command = new Command("cancel", """
            Cancels a training: its trainer writes a checkpoint and ends. Submitting the same output again goes on from there.

            Example:     curate train cancel train-20250131T235959-0a1b2c

            Exit codes:  0 cancelled · 1 the cluster could not be asked · 2 there is no such training, or it has ended; nothing was changed
            """)
        {
            training, cluster, json,
        };
        command.SetAction((parsed, cancellationToken) => UseAsync(
            parsed.GetValue(cluster), trainings => trainings.CancelAsync(parsed.GetRequiredValue(training), parsed.GetValue(json)), cancellationToken));
        return command;
    }

    private static Task<int> UseAsync(string? cluster, Func<TrainSession, Task<int>> work, CancellationToken cancellationToken) =>
        ClusterClientFactory.UseAsync(cluster, Console.Error, connection => work(new TrainSession(connection.Grains, Console.Out, Console.Error)), cancellationToken);

    private static Argument<string> Training() => new("training") { Description = "The training's id, as 'curate train list' shows it.", HelpName = "ID" };

    private static Option<string?> Cluster() => new("--cluster")
    {
        Description = "redis://HOST:PORT[/CLUSTER_ID], or a silo's gateway HOST:PORT; without it what is configured, else this machine's silo.",
        HelpName = "ADDRESS",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static Option<bool> Json() => new("--json") { Description = "Print JSON." };
}
