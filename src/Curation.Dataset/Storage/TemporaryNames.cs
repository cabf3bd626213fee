using System.Diagnostics;
using System.Globalization;

namespace Curation.Dataset.Storage;

/// <summary>Names for unfinished files that tell whose they are, so that who tidies knows which were abandoned.</summary>
/// <remarks>A name is <c>.tmp-HOST-PID-INSTANCE-NUMBER</c>. The instance tells apart two lives of process 1 of a container.</remarks>
public static class TemporaryNames
{
    private const string Prefix = ".tmp-";

    private static readonly TimeSpan ForeignAge = TimeSpan.FromDays(1);

    private static readonly string Host = string.Concat(Environment.MachineName.Where(char.IsAsciiLetterOrDigit));

    private static readonly string Instance = Guid.NewGuid().ToString("N")[..12];

    private static long _number;

    /// <summary>A name no other process uses.</summary>
    /// <returns>It starts with a dot.</returns>
    public static string Next() =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Host}-{Environment.ProcessId}-{Instance}-{Interlocked.Increment(ref _number)}");

    /// <summary>Whether nobody writes the file any more: its process on this host is gone, or nobody here can tell and it is a day old.</summary>
    /// <param name="file">An unfinished file, under a name of <see cref="Next"/> with any extension, or under another one.</param>
    /// <param name="now">The time, by the clock that dated the file.</param>
    /// <returns>True where it may be deleted.</returns>
    public static bool IsAbandoned(FileInfo file, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(file);
        var parts = file.Name.Split('-');
        if (!file.Name.StartsWith(Prefix, StringComparison.Ordinal) || parts.Length != 5 || parts[1] != Host || !int.TryParse(parts[2], CultureInfo.InvariantCulture, out var pid))
        {
            return now - file.LastWriteTimeUtc > ForeignAge;
        }

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
