using System.Diagnostics;
using System.Globalization;

namespace Curation.Dataset.Storage;

/// <summary>Names for unfinished files that tell whose they are, so that a later start knows which were abandoned.</summary>
/// <remarks>A name is <c>.tmp-HOST-PID-INSTANCE-NUMBER</c>. The instance tells apart two lives of process 1 of a container.</remarks>
internal static class TemporaryNames
{
    private const string Prefix = ".tmp-";

    private static readonly TimeSpan ForeignAge = TimeSpan.FromDays(1);

    private static readonly string Host = string.Concat(Environment.MachineName.Where(char.IsAsciiLetterOrDigit));

    private static readonly string Instance = Guid.NewGuid().ToString("N")[..12];

    private static long _number;

    /// <summary>A name no other process uses.</summary>
    public static string Next() =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Host}-{Environment.ProcessId}-{Instance}-{Interlocked.Increment(ref _number)}");

    /// <summary>Whether nobody writes the file any more: its process on this host is gone, or it is another host's and a day old.</summary>
    /// <param name="file">An unfinished file.</param>
    /// <param name="now">The time.</param>
    public static bool IsAbandoned(FileInfo file, DateTimeOffset now)
    {
        var parts = file.Name.Split('-');
        if (!file.Name.StartsWith(Prefix, StringComparison.Ordinal) || parts.Length != 5 || !int.TryParse(parts[2], CultureInfo.InvariantCulture, out var pid)) return false;
        if (parts[1] != Host) return now - file.LastWriteTimeUtc > ForeignAge;

        return pid == Environment.ProcessId ? parts[3] != Instance : !IsAlive(pid);
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
