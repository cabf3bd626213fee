using System.CommandLine;

namespace Curation.Silo.Commands;

/// <summary><c>curate schedule</c>: runs that start by the clock.</summary>
internal static class ScheduleCommand
{
    private const string DefaultPolicy = "klear";

    public static Command Create()
    {
        var command = new Command("schedule", """
            Starts runs by the clock, on the silos of a cluster. A run does only sources that are new or changed; never two runs of one schedule at once.

            Example:  curate schedule add nightly --cron '0 3 * * *' --tz Asia/Seoul --input my-videos --output my-dataset --policy demo
            """);
        command.Subcommands.Add(Add());
        command.Subcommands.Add(List());
        command.Subcommands.Add(OfOne("show", "Shows a schedule, its next run and the last 200 due times.", (session, name, stop) => session.ShowAsync(name, stop)));
        command.Subcommands.Add(OfOne("remove", "Removes a schedule and its history; a run at work goes on, and the data set stays.", (session, name, stop) => session.RemoveAsync(name, stop)));
        command.Subcommands.Add(OfOne("pause", "Lets due times pass; a run at work goes on.", (session, name, stop) => session.SetPausedAsync(name, true, stop)));
        command.Subcommands.Add(OfOne("resume", "Goes on with the next due time; what passed in the pause is not made up for.", (session, name, stop) => session.SetPausedAsync(name, false, stop)));
        command.Subcommands.Add(OfOne("run-now", "Starts a run now, unless one of this schedule is at work. Exit code 1 where it is.", (session, name, stop) => session.RunNowAsync(name, stop)));
        return command;
    }

    private static Command Add()
    {
        var name = Name();
        var cron = new Option<string>("--cron") { Description = "Minute, hour, day of month, month, day of week, as in crontab(5).", HelpName = "'0 3 * * *'", Required = true };
        var zone = new Option<string>("--tz") { Description = "The IANA time zone in which the fields are read, such as Asia/Seoul.", HelpName = "ZONE", DefaultValueFactory = _ => "UTC" };
        var input = new Option<string>("--input", "-i") { Description = "What to curate, as every silo finds it.", HelpName = "SRC", Required = true };
        var output = new Option<string>("--output", "-o") { Description = "The data set, as every silo finds it.", HelpName = "DST", Required = true };
        var policy = new Option<string>("--policy", "-p")
        {
            Description = "A policy file or preset. Its text is saved with the schedule: change the file and add again with --replace.",
            HelpName = "FILE-or-NAME",
            DefaultValueFactory = _ => DefaultPolicy,
        };
        var models = new Option<string?>("--models", "-m") { Description = "Folder with model weights, the same on every silo.", HelpName = "DIR" };
        var limit = new Option<int?>("--limit") { Description = "Stop each run after this many sources.", HelpName = "N" };
        var parallelism = new Option<int>("--parallelism") { Description = "Sources in flight at once; 0 for as many as the silos take.", HelpName = "N", DefaultValueFactory = _ => 0 };
        var missed = new Option<string>("--missed")
        {
            Description = "What becomes of due times at which no silo ran: once (one run for all of them, as soon as one runs) or skip.",
            HelpName = "once|skip",
            DefaultValueFactory = _ => "once",
        };
        var replace = new Option<bool>("--replace") { Description = "Take the place of a schedule of that name; its history stays." };
        var (cluster, json) = (Cluster(), Json());
        var command = new Command("add", """
            Saves a schedule. Where the clock jumps over a due time it is due at the jump; a time that comes twice is due once.

            Example:  curate schedule add nightly --cron '0 3 * * *' --tz Asia/Seoul --input my-videos --output my-dataset --policy demo
            Cluster:  curate schedule add hourly --cron '15 * * * *' --input my-videos --output my-dataset --cluster redis://redis-host:6379

            Exit codes:  0 saved · 2 something is wrong, or nobody answers; nothing was saved
            """)
        {
            name, cron, zone, input, output, policy, models, limit, parallelism, missed, replace, cluster, json,
        };
        command.SetAction((parsed, cancellationToken) => Session(parsed, cluster, json).AddAsync(
            new ScheduleArguments(
                parsed.GetRequiredValue(name), parsed.GetRequiredValue(cron), parsed.GetRequiredValue(zone), parsed.GetRequiredValue(input),
                parsed.GetRequiredValue(output), parsed.GetRequiredValue(policy), parsed.GetValue(models), parsed.GetValue(limit),
                parsed.GetValue(parallelism), parsed.GetRequiredValue(missed), parsed.GetValue(replace)),
            cancellationToken));
        return command;
    }

    private static Command List()
    {
        var (cluster, json) = (Cluster(), Json());
        var command = new Command("list", """
            Lists the schedules and their next runs.

            Example:  curate schedule list
            """)
        {
            cluster, json,
        };
        command.SetAction((parsed, cancellationToken) => Session(parsed, cluster, json).ListAsync(cancellationToken));
        return command;
    }

    private static Command OfOne(string verb, string does, Func<ScheduleSession, string, CancellationToken, Task<int>> act)
    {
        var name = Name();
        var (cluster, json) = (Cluster(), Json());
        var command = new Command(verb, $"""
            {does}

            Example:  curate schedule {verb} nightly
            """)
        {
            name, cluster, json,
        };
        command.SetAction((parsed, cancellationToken) => act(Session(parsed, cluster, json), parsed.GetRequiredValue(name), cancellationToken));
        return command;
    }

    private static ScheduleSession Session(ParseResult parsed, Option<string?> cluster, Option<bool> json) =>
        new(parsed.GetValue(cluster), parsed.GetValue(json), Console.Out, Console.Error, TimeProvider.System);

    private static Argument<string> Name() => new("NAME") { Description = "Name of the schedule: letters, digits, '-' and '_'." };

    private static Option<string?> Cluster() => new("--cluster")
    {
        Description = "redis://HOST:PORT[/CLUSTER_ID], or a silo's gateway HOST:PORT. Default: what is configured, else the silo on this machine.",
        HelpName = "ADDRESS",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static Option<bool> Json() => new("--json") { Description = "Print one JSON document." };
}
