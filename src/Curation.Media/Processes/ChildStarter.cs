using System.Collections.Concurrent;
using System.Diagnostics;

namespace Curation.Media.Processes;

/// <summary>Starts every child from one thread that never ends.</summary>
/// <remarks>
/// Two reasons. The kernel's parent-death signal fires when the <em>thread</em> that started the child ends, and
/// threads of the pool do end. And a pipe that one child is to inherit must not be open while another child starts,
/// or that other child would keep it open.
/// </remarks>
internal static class ChildStarter
{
    private static readonly BlockingCollection<Action> Work = [];
    private static readonly string? SetSid = OperatingSystem.IsLinux() ? ProgramSearch.Find("setsid") : null;
    private static readonly string? SetPriv = OperatingSystem.IsLinux() ? ProgramSearch.Find("setpriv") : null;

    static ChildStarter()
    {
        var thread = new Thread(Loop) { IsBackground = true, Name = "media child starter" };
        thread.Start();
    }

    /// <summary>Starts a program with pipes that it inherits.</summary>
    /// <param name="program">Full path.</param>
    /// <param name="pipes">How many pipes from the child to us, beside its output and error.</param>
    /// <param name="arguments">Given the child's numbers of the pipes, its arguments.</param>
    /// <param name="environment">Variables beside what every child gets; null for none.</param>
    /// <returns>The running child and our ends of the pipes.</returns>
    public static Task<(Process Process, IReadOnlyList<InheritedPipe> Pipes)> StartAsync(
        string program, int pipes, Func<IReadOnlyList<int>, IReadOnlyList<string>> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var started = new TaskCompletionSource<(Process, IReadOnlyList<InheritedPipe>)>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                started.SetResult(Start(program, pipes, arguments, environment));
            }
#pragma warning disable CA1031 // Not swallowed: it belongs to the caller that awaits the task.
            catch (Exception e)
#pragma warning restore CA1031
            {
                started.SetException(e);
            }
        });
        return started.Task;
    }

    private static void Loop()
    {
        foreach (var action in Work.GetConsumingEnumerable()) action();
    }

    private static (Process, IReadOnlyList<InheritedPipe>) Start(
        string program, int pipeCount, Func<IReadOnlyList<int>, IReadOnlyList<string>> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var pipes = Enumerable.Range(0, pipeCount).Select(_ => new InheritedPipe()).ToArray();
        var started = false;
        try
        {
            string[] command = [.. Wrapper(), program, .. arguments([.. pipes.Select(p => p.ChildNumber)])];
            var info = new ProcessStartInfo(command[0])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            };
            foreach (var argument in command.AsSpan(1)) info.ArgumentList.Add(argument);

            ChildEnvironment.Reduce(info.Environment);
            foreach (var (name, value) in environment ?? new Dictionary<string, string>()) info.Environment[name] = value;

            var process = Process.Start(info) ?? throw new InvalidOperationException($"'{program}' did not start");
            process.StandardInput.Close();
            started = true;
            return (process, pipes);
        }
        finally
        {
            foreach (var pipe in pipes)
            {
                pipe.CloseChildEnd();
                if (!started) pipe.Dispose();
            }
        }
    }

    /// <summary>Its own session keeps the terminal's Ctrl-C away from the child; the death signal ends it with us, kill -9 included.</summary>
    private static IEnumerable<string> Wrapper()
    {
        if (SetPriv is null) yield break;

        if (SetSid is not null) yield return SetSid;
        yield return SetPriv;
        yield return "--no-new-privs";
        yield return "--pdeathsig";
        yield return "KILL";
        yield return "--";
    }
}
