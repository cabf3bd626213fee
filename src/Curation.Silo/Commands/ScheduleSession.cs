using Curation.Grains.Schedules;
using Curation.Silo.Hosting;
using Spectre.Console;

namespace Curation.Silo.Commands;

/// <summary>Asks a cluster about its schedules and tells the answer.</summary>
internal sealed class ScheduleSession(string? cluster, bool json, TextWriter output, TextWriter errors, TimeProvider time)
{
    public async Task<int> AddAsync(ScheduleArguments arguments, CancellationToken cancellationToken)
    {
        var (definition, faults) = SchedulePreparation.Prepare(arguments, time.GetUtcNow());
        if (definition is null) return await RefuseAsync(faults);

        return await WithAsync(definition.Name, async schedule =>
        {
            var wrong = await schedule.SaveAsync(definition, arguments.Replace);
            return wrong.Count > 0 ? await RefuseAsync(wrong) : await TellAsync((await schedule.GetAsync())!, $"Schedule {definition.Name} is saved.");
        }, cancellationToken);
    }

    public Task<int> ListAsync(CancellationToken cancellationToken) => ClusterClientFactory.UseAsync(cluster, errors, async connection =>
    {
        var names = await connection.Grains.GetGrain<IScheduleIndexGrain>(IScheduleIndexGrain.Key).ListAsync();
        var schedules = new List<ScheduleState>();
        foreach (var name in names)
        {
            if (await connection.Grains.GetGrain<IScheduleGrain>(name).GetAsync() is { } schedule) schedules.Add(schedule);
        }

        if (json) await output.WriteLineAsync(ScheduleSummary.ToJson(schedules));
        else if (schedules.Count == 0) await output.WriteLineAsync("No schedules. Make one: curate schedule add NAME --cron '0 3 * * *' --tz Asia/Seoul --input SRC --output DST --policy demo");
        else WriteTable(schedules);
        return ExitCodes.Done;
    }, cancellationToken);

    public Task<int> ShowAsync(string name, CancellationToken cancellationToken) => WithAsync(name, async schedule =>
        await schedule.GetAsync() is { } state ? await TellAsync(state, null) : await AbsentAsync(name), cancellationToken);

    public Task<int> RemoveAsync(string name, CancellationToken cancellationToken) => WithAsync(name, async schedule =>
    {
        if (await schedule.RemoveAsync() is not { } was) return await AbsentAsync(name);

        if (json) await output.WriteLineAsync(ScheduleSummary.ToJson(was));
        else await output.WriteLineAsync($"Schedule {name} is removed." + (was.Current is { } run ? $" Its run {run.RunId} goes on; 'curate runs cancel {run.RunId}' stops it." : ""));
        return ExitCodes.Done;
    }, cancellationToken);

    public Task<int> SetPausedAsync(string name, bool paused, CancellationToken cancellationToken) => WithAsync(name, async schedule =>
        await schedule.SetPausedAsync(paused) is { } state ? await TellAsync(state, $"Schedule {name} {(paused ? "is paused." : "goes on.")}") : await AbsentAsync(name), cancellationToken);

    public Task<int> RunNowAsync(string name, CancellationToken cancellationToken) => WithAsync(name, async schedule =>
    {
        var answer = await schedule.RunNowAsync();
        if (!answer.Found) return await AbsentAsync(name);

        if (json) await output.WriteLineAsync(ScheduleSummary.ToJson(name, answer));
        else if (answer.Started) await output.WriteLineAsync($"Run {answer.RunId} is started; 'curate runs show {answer.RunId}' follows it.");
        if (!answer.Started) await errors.WriteLineAsync($"curate: nothing was started: {answer.Reason} ({answer.RunId}).");
        return answer.Started ? ExitCodes.Done : ExitCodes.Failed;
    }, cancellationToken);

    private async Task<int> WithAsync(string name, Func<IScheduleGrain, Task<int>> work, CancellationToken cancellationToken) =>
        ScheduleCheck.IsName(name)
            ? await ClusterClientFactory.UseAsync(cluster, errors, connection => work(connection.Grains.GetGrain<IScheduleGrain>(name)), cancellationToken)
            : await AbsentAsync(name);

    private async Task<int> TellAsync(ScheduleState schedule, string? done)
    {
        if (json)
        {
            await output.WriteLineAsync(ScheduleSummary.ToJson(schedule));
            return ExitCodes.Done;
        }

        var definition = schedule.Definition!;
        if (done is not null) await output.WriteLineAsync(done);
        await output.WriteLineAsync($"Next run:  {(definition.Paused ? "paused" : ScheduleSummary.Moment(schedule.NextUtc, definition.TimeZone))}");
        await output.WriteLineAsync($"Cron:      {definition.Cron} in {definition.TimeZone}; missed: {ScheduleSummary.Word(definition.Missed)}");
        await output.WriteLineAsync($"Input:     {definition.Input}");
        await output.WriteLineAsync($"Output:    {definition.Output}");
        await output.WriteLineAsync($"Policy:    {definition.PolicyName}{(definition.Models is null ? "" : $", models {definition.Models}")}");
        if (schedule.Current is { } current) await output.WriteLineAsync($"Running:   {current.RunId}");
        if (done is null) WriteHistory(schedule);
        return ExitCodes.Done;
    }

    private static void WriteTable(List<ScheduleState> schedules)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Schedule", "Next run", "Cron", "Last");
        foreach (var schedule in schedules)
        {
            var definition = schedule.Definition!;
            var last = schedule.Current is not null ? "running" : schedule.History.Count == 0 ? "-" : ScheduleSummary.Word(schedule.History[^1].Outcome);
            table.AddRow(
                Markup.Escape(definition.Name), definition.Paused ? "paused" : ScheduleSummary.Moment(schedule.NextUtc, definition.TimeZone),
                Markup.Escape($"{definition.Cron} {definition.TimeZone}"), last);
        }

        AnsiConsole.Write(table);
    }

    private static void WriteHistory(ScheduleState schedule)
    {
        if (schedule.History.Count == 0) return;

        var table = new Table().Border(TableBorder.Rounded).AddColumns("Due", "Outcome", "Run", "Sources", "Done before", "Quarantined", "Retained", "Reason");
        foreach (var run in schedule.History.Reverse())
        {
            var outcome = ScheduleSummary.Word(run.Outcome) + (run.Times > 1 ? $" ({run.Times} times)" : "") + (run.ByHand ? ", by hand" : "");
            table.AddRow(
                ScheduleSummary.Moment(run.ScheduledUtc, schedule.Definition!.TimeZone), outcome, Markup.Escape(run.RunId ?? "-"),
                $"{run.Sources}", $"{run.AlreadyDone}", $"{run.Quarantined}", $"{run.Retained}", Markup.Escape(run.Reason ?? ""));
        }

        AnsiConsole.Write(table);
    }

    private async Task<int> AbsentAsync(string name)
    {
        await errors.WriteLineAsync($"curate: there is no schedule '{name}'; 'curate schedule list' names those there are.");
        return ExitCodes.Wrong;
    }

    private async Task<int> RefuseAsync(IReadOnlyList<string> faults)
    {
        foreach (var fault in faults) await errors.WriteLineAsync($"curate: {fault}");
        await errors.WriteLineAsync("Nothing was saved.");
        return ExitCodes.Wrong;
    }
}
