using System.Diagnostics;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>Small programs of the system that the tests use.</summary>
internal static class Tool
{
    /// <summary>Runs one and returns its output; a failure fails the test.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var (exitCode, said) = Try(program, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {exitCode}: {said}");
        return said;
    }

    /// <summary>Runs one.</summary>
    public static (int ExitCode, string Said) Try(string program, params string[] arguments)
    {
        var info = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments) info.ArgumentList.Add(argument);

        using var process = Process.Start(info)!;
        process.StandardInput.Close();
        var errors = "";
        process.ErrorDataReceived += (_, line) => errors += line.Data + "\n";
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : output + errors);
    }

    /// <summary>Command lines of the running processes of a program that name a folder or file.</summary>
    public static IReadOnlyList<string> Running(string program, string naming)
    {
        var found = new List<string>();
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(path => Path.GetFileName(path).All(char.IsAsciiDigit)))
        {
            try
            {
                var line = File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
                if (line.Contains(program, StringComparison.Ordinal) && line.Contains(naming, StringComparison.Ordinal)) found.Add(line);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It ended while we looked.
            }
        }

        return found;
    }

    /// <summary>Looks again and again until something is so.</summary>
    /// <param name="condition">What to wait for. One that looks through all processes takes milliseconds: it would take a core from those it waits for.</param>
    /// <param name="limit">How long.</param>
    /// <param name="milliseconds">Between two looks; less than the moment lasts that must not be missed.</param>
    /// <returns>False where it never came to be within the limit.</returns>
    public static async Task<bool> UntilAsync(Func<bool> condition, TimeSpan limit, int milliseconds = 25)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System);
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > limit) return false;
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return true;
    }
}
