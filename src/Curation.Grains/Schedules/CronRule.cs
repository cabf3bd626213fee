using Cronos;

namespace Curation.Grains.Schedules;

/// <summary>When a schedule is due: cron fields read in a time zone.</summary>
/// <remarks>
/// Around changes of the clock as Cronos documents it (its rules are those of Vixie cron): a time that the clock jumps over
/// is due at the jump; a time that comes twice is due once, the first time, unless its minute or hour field is a
/// <c>*</c>, a range or a step, which go on through both hours.
/// </remarks>
public sealed class CronRule
{
    /// <summary>Due times are counted up to here; a larger number says nothing more.</summary>
    public const int MostCounted = 10_000;

    private const int Fields = 5;

    private readonly CronExpression _cron;

    private CronRule(CronExpression cron, TimeZoneInfo zone) => (_cron, Zone) = (cron, zone);

    /// <summary>The zone in which the fields are read.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>Reads fields and zone.</summary>
    /// <param name="cron">Five fields.</param>
    /// <param name="timeZone">An IANA zone.</param>
    /// <param name="faults">Everything that is wrong with them.</param>
    /// <returns>The rule; null where something is wrong.</returns>
    public static CronRule? TryParse(string cron, string timeZone, out IReadOnlyList<string> faults)
    {
        var found = new List<string>();
        faults = found;
        var expression = ParseCron(cron, found);
        if (string.IsNullOrWhiteSpace(timeZone) || !TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone))
        {
            found.Add($"time zone '{timeZone}': is not known here; give an IANA name such as Asia/Seoul, Europe/Berlin or UTC.");
            return null;
        }

        return expression is null ? null : new CronRule(expression, zone);
    }

    /// <summary>The first due time after a moment.</summary>
    /// <param name="after">The moment.</param>
    /// <returns>UTC; null where none comes.</returns>
    public DateTimeOffset? Next(DateTimeOffset after) => _cron.GetNextOccurrence(after, Zone)?.ToUniversalTime();

    /// <summary>The last due time that is not after a moment.</summary>
    /// <param name="now">The moment.</param>
    /// <returns>UTC; null where there was none.</returns>
    public DateTimeOffset? LastUpTo(DateTimeOffset now) => _cron.GetPreviousOccurrence(now, Zone, inclusive: true)?.ToUniversalTime();

    /// <summary>Counts due times.</summary>
    /// <param name="first">The first that counts.</param>
    /// <param name="last">The last that counts.</param>
    /// <returns>At most <see cref="MostCounted"/>.</returns>
    public int Count(DateTimeOffset first, DateTimeOffset last) =>
        first > last ? 0 : _cron.GetOccurrences(first, last, Zone, fromInclusive: true, toInclusive: true).Take(MostCounted).Count();

    private static CronExpression? ParseCron(string cron, List<string> faults)
    {
        // Cronos also takes six fields, macros and jitter; here the five that crontab(5) has, so that a schedule reads the same everywhere.
        if (cron is null || cron.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length != Fields)
        {
            faults.Add($"cron '{cron}': has not five fields; give minute, hour, day of month, month and day of week, such as '0 3 * * *'.");
            return null;
        }

        try
        {
            var expression = CronExpression.Parse(cron, CronFormat.Standard);

            // Leap days come at most eight years apart, so what does not come by then never does.
            if (expression.GetNextOccurrence(DateTime.UnixEpoch) is not null) return expression;

            faults.Add($"cron '{cron}': is never due; no month has such a day.");
        }
        catch (Exception wrong) when (wrong is CronFormatException or MissingSeedException)
        {
            faults.Add($"cron '{cron}': {wrong.Message.TrimEnd('.')}.");
        }

        return null;
    }
}
