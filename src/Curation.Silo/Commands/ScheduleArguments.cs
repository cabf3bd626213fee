namespace Curation.Silo.Commands;

/// <summary>What the user asked of a schedule, unchecked.</summary>
internal sealed record ScheduleArguments(
    string Name, string Cron, string TimeZone, string Input, string Output, string Policy, string? Models, int? Limit, int Parallelism, string Missed, bool Replace);
