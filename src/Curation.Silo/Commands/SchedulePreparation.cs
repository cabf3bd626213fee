using Curation.Grains.Schedules;
using Curation.Pipeline.Policies;
using Curation.Pipeline.Sources;

namespace Curation.Silo.Commands;

/// <summary>Makes a schedule of what the user asked for, and finds all faults at once, before a cluster is asked.</summary>
internal static class SchedulePreparation
{
    private const string Once = "once";
    private const string Skip = "skip";

    /// <summary>A schedule, or the faults.</summary>
    /// <param name="arguments">What the user asked for.</param>
    /// <param name="now">When.</param>
    /// <param name="policyText">The policy's YAML where it is known already; null to read it.</param>
    public static (ScheduleDefinition? Definition, IReadOnlyList<string> Errors) Prepare(ScheduleArguments arguments, DateTimeOffset now, string? policyText = null)
    {
        var errors = new List<string>();
        var policy = policyText ?? ReadPolicy(arguments.Policy, errors);
        if (arguments.Missed is not (Once or Skip)) errors.Add($"--missed {arguments.Missed}: give {Once} or {Skip}.");

        var definition = new ScheduleDefinition(
            arguments.Name, arguments.Cron, arguments.TimeZone, Place(arguments.Input), Place(arguments.Output), arguments.Policy, policy ?? "")
        {
            Models = arguments.Models is null ? null : Path.GetFullPath(arguments.Models),
            Limit = arguments.Limit,
            Parallelism = arguments.Parallelism,
            Missed = arguments.Missed == Skip ? MissedRuns.Skip : MissedRuns.Once,
            CreatedUtc = now,
        };

        // A policy that could not be read has been told already.
        errors.InsertRange(0, ScheduleCheck.Faults(policy is null ? definition with { PolicyText = null! } : definition));
        if (IsLocal(definition.Input) && IsLocal(definition.Output) && Directory.Exists(definition.Input) && IsInside(RealPath.Resolve(definition.Output), RealPath.Resolve(definition.Input)))
        {
            errors.Add($"--output {arguments.Output}: lies inside the input folder, so the next run would curate its own clips; choose a folder outside.");
        }

        return errors.Count > 0 ? (null, errors) : (definition, []);
    }

    private static string? ReadPolicy(string policy, List<string> errors)
    {
        try
        {
            // The first reading checks; the text goes along, because the silos need not have the file.
            PolicyFile.Load(policy);
            return PolicyPresets.Find(policy) ?? File.ReadAllText(policy);
        }
        catch (PolicyException wrong)
        {
            errors.AddRange(wrong.Message.Split('\n'));
        }
        catch (Exception wrong) when (wrong is ArgumentException or IOException or UnauthorizedAccessException)
        {
            errors.Add($"--policy {policy}: {wrong.Message}");
        }

        return null;
    }

    // The silos do not stand in the user's folder.
    private static string Place(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return "";

        var path = SourceUri.ToPath(text) ?? text;
        return IsLocal(path) ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) : path;
    }

    private static bool IsLocal(string text) => text.Length > 0 && !text.Contains("://", StringComparison.Ordinal);

    private static bool IsInside(string path, string folder) =>
        (path + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
