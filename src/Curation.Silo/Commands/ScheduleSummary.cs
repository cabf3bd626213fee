using System.Globalization;
using System.Text.Json;
using Curation.Grains.Schedules;

namespace Curation.Silo.Commands;

/// <summary>What the schedule commands print with <c>--json</c>; the names are a contract.</summary>
internal static class ScheduleSummary
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static string ToJson(IEnumerable<ScheduleState> schedules) => JsonSerializer.Serialize(new { Schedules = schedules.Select(schedule => Row(schedule, false)) }, SnakeCase);

    public static string ToJson(ScheduleState schedule) => JsonSerializer.Serialize(Row(schedule, true), SnakeCase);

    public static string ToJson(string name, RunNowAnswer answer) => JsonSerializer.Serialize(new { Name = name, answer.Started, answer.RunId, answer.Reason }, SnakeCase);

    /// <summary>A moment in the schedule's zone and in UTC.</summary>
    public static string Moment(DateTimeOffset? utc, string timeZone)
    {
        if (utc is not { } moment) return "-";

        var inUtc = string.Create(CultureInfo.InvariantCulture, $"{moment.UtcDateTime:yyyy-MM-dd HH:mm}Z");
        return TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone)
            ? string.Create(CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(moment, zone):yyyy-MM-dd HH:mm zzz} ({inUtc})")
            : inUtc;
    }

    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static object Row(ScheduleState schedule, bool whole)
    {
        var definition = schedule.Definition!;
        return new
        {
            definition.Name,
            definition.Cron,
            definition.TimeZone,
            definition.Input,
            definition.Output,
            Policy = definition.PolicyName,
            definition.Models,
            definition.Limit,
            definition.Parallelism,
            Missed = Word(definition.Missed),
            definition.Paused,
            definition.CreatedUtc,
            schedule.NextUtc,
            RunningRunId = schedule.Current?.RunId,
            schedule.LastRunId,
            LastOutcome = schedule.History.Count == 0 ? null : Word(schedule.History[^1].Outcome),
            History = whole ? schedule.History.Append(schedule.Current).OfType<ScheduledRun>().Select(Row) : null,
        };
    }

    private static object Row(ScheduledRun run) => new
    {
        run.ScheduledUtc,
        Outcome = Word(run.Outcome),
        run.Times,
        run.ByHand,
        run.RunId,
        run.StartedUtc,
        run.EndedUtc,
        run.Sources,
        run.AlreadyDone,
        run.Quarantined,
        run.Clips,
        run.Retained,
        run.Reason,
    };
}
