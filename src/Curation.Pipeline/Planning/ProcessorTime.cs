using System.Globalization;

namespace Curation.Pipeline.Planning;

/// <summary>Processor time that this process and its ended children have used: decoders and encoders are children.</summary>
public static class ProcessorTime
{
    private const string StatFile = "/proc/self/stat";

    // USER_HZ, which is 100 on every architecture that .NET runs on; man 5 proc.
    private const double TicksPerSecond = 100;

    // Fields 16 and 17 of man 5 proc, cutime and cstime, counted from behind the name, which is field 2 and may hold anything.
    private const int ChildUserField = 16 - 3;
    private const int ChildSystemField = 17 - 3;

    /// <summary>Core seconds so far.</summary>
    /// <returns>Null where the system does not tell what children used: everywhere but on Linux.</returns>
    public static double? Seconds() => OperatingSystem.IsLinux() && ReadStat() is { } stat && ChildSeconds(stat) is { } children ? Environment.CpuUsage.TotalTime.TotalSeconds + children : null;

    /// <summary>What ended children used, of a process whose stat file reads so.</summary>
    /// <param name="stat">One line of <c>/proc/PID/stat</c>.</param>
    /// <returns>Core seconds; null where the line is none.</returns>
    public static double? ChildSeconds(string stat)
    {
        ArgumentNullException.ThrowIfNull(stat);

        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > ChildSystemField
            && long.TryParse(fields[ChildUserField], NumberStyles.None, CultureInfo.InvariantCulture, out var user)
            && long.TryParse(fields[ChildSystemField], NumberStyles.None, CultureInfo.InvariantCulture, out var system)
            ? (user + system) / TicksPerSecond : null;
    }

    private static string? ReadStat()
    {
        try
        {
            return File.ReadAllText(StatFile);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A container may hide it: then it is unmeasured, not zero.
            return null;
        }
    }
}
