using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Curation.Tests;

/// <summary>A server that a test starts as a child process. It dies with the test process, even when that one is killed.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // The shell holds the reading end of our pipe: when the last writer is gone, so is the server. A killed process closes its pipes too.
    private const string Watch = """
        exec 3<&0
        "$@" </dev/null 3<&- &
        child=$!
        { cat <&3 >/dev/null 2>&1; kill -9 "$child" 2>/dev/null; } >/dev/null 2>&1 &
        watcher=$!
        exec 3<&-
        wait "$child"
        kill "$watcher" 2>/dev/null
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _shell;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(ProcessStartInfo start, Func<string, bool> isReady)
    {
        _shell = new Process { StartInfo = start };
        _shell.OutputDataReceived += (_, line) => Keep(line.Data, isReady);
        _shell.ErrorDataReceived += (_, line) => Keep(line.Data, isReady);
    }

    /// <summary>The line with which the server said that it is ready.</summary>
    public string ReadyLine { get; private set; } = "";

    /// <summary>What the server has said so far.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Starts a server and waits until it says that it is ready.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to add to ours.</param>
    /// <param name="isReady">Whether a line of output says so.</param>
    /// <returns>The running server.</returns>
    public static async Task<ServerProcess> StartAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, Func<string, bool> isReady)
    {
        var start = new ProcessStartInfo("sh") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])["-c", Watch, "server", program, .. arguments]) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;

        var server = new ServerProcess(start, isReady);
        try
        {
            await server.RunAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A loopback port that nobody listened on a moment ago.</summary>
    /// <remarks>Below the ports that systems give to outgoing connections, any of which would take it before the server does.</remarks>
    public static int FreePort()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(15_000, 30_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there.
            }
        }
    }

    /// <summary>Full path of a program on the search path, or null. None is found where there is no shell to watch it.</summary>
    /// <param name="name">Its name.</param>
    public static string? FindProgram(string name) =>
        OperatingSystem.IsWindows()
            ? null
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Kills the server at once, as <c>kill -9</c> does.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _shell.StandardInput.Close();
            using var limit = new CancellationTokenSource(Patience);
            await _shell.WaitForExitAsync(limit.Token);
        }
        catch (InvalidOperationException)
        {
            // It was never started.
        }

        _shell.Dispose();
    }

    private async Task RunAsync()
    {
        _shell.Start();
        _shell.BeginOutputReadLine();
        _shell.BeginErrorReadLine();
        var ended = _shell.WaitForExitAsync();
        try
        {
            if (await Task.WhenAny(_ready.Task, ended).WaitAsync(Patience) == _ready.Task)
            {
                ReadyLine = await _ready.Task;
                return;
            }
        }
        catch (TimeoutException)
        {
        }

        throw new InvalidOperationException($"{_shell.StartInfo.ArgumentList[3]} did not start. It said:\n{Output}");
    }

    private void Keep(string? line, Func<string, bool> isReady)
    {
        if (line is null) return;

        _lines.Enqueue(line);
        if (_lines.Count > 200) _lines.TryDequeue(out _);
        if (isReady(line)) _ready.TrySetResult(line);
    }
}
