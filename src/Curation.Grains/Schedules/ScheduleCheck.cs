using System.Text.RegularExpressions;
using Curation.Pipeline.Policies;

namespace Curation.Grains.Schedules;

/// <summary>Finds everything that is wrong with a schedule before it is saved.</summary>
public static partial class ScheduleCheck
{
    /// <summary>Checks a schedule.</summary>
    /// <param name="definition">The schedule.</param>
    /// <returns>Every fault in words; empty where it can be saved.</returns>
    public static IReadOnlyList<string> Faults(ScheduleDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);

        var faults = new List<string>();
        if (!IsName(definition.Name)) faults.Add($"name '{definition.Name}': give 1 to 64 letters, digits, '-' or '_', beginning with a letter or digit.");
        CronRule.TryParse(definition.Cron, definition.TimeZone, out var wrong);
        faults.AddRange(wrong);
        if (string.IsNullOrWhiteSpace(definition.Input)) faults.Add("--input: is empty; give a video file, a folder or a list.");
        if (string.IsNullOrWhiteSpace(definition.Output)) faults.Add("--output: is empty; give a folder.");
        if (definition.Limit is < 1) faults.Add($"--limit {definition.Limit}: must be at least 1.");
        if (definition.Parallelism < 0) faults.Add($"--parallelism {definition.Parallelism}: must be at least 1, or 0 for as many as the silos take.");
        if (definition.PolicyText is not null) CheckPolicy(definition, faults);
        return faults;
    }

    /// <summary>Whether a schedule may be called that.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True for names that are safe in run ids, addresses and files.</returns>
    public static bool IsName(string? name) => name is not null && Name().IsMatch(name);

    private static void CheckPolicy(ScheduleDefinition definition, List<string> faults)
    {
        try
        {
            PolicyFile.Parse(definition.PolicyText, definition.PolicyName);
        }
        catch (PolicyException wrong)
        {
            faults.AddRange(wrong.Message.Split('\n'));
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_-]{0,63}\z")]
    private static partial Regex Name();
}
