using System.Runtime.InteropServices;

namespace Curation.Media.Processes;

/// <summary>A program that runs for long, such as a trainer, and ends with us, kill -9 included. All it says is read, and its last lines are kept.</summary>
/// <remarks>A program that starts others and leaves them behind is not seen to end before they let go of its output: nobody may take its place before.</remarks>
public sealed partial class LongProcess : IAsyncDisposable
{
    private const int TerminateSignal = 15; // SIGTERM

    private readonly FfmpegProcess _process;
    private readonly ErrorTail _said = new();
    private readonly Task _saidDrained;

    private LongProcess(FfmpegProcess process)
    {
        _process = process;
        _saidDrained = _said.DrainAsync(new StreamReader(process.Output));
        Ended = EndAsync();
    }

    /// <summary>Its exit code, once it has ended; 128 and the signal's number where a signal ended it.</summary>
    public Task<int> Ended { get; }

    /// <summary>The last lines of its output, oldest first.</summary>
    public IReadOnlyList<string> LastOutput => _said.Lines;

    /// <summary>The last lines of its error stream, oldest first.</summary>
    public IReadOnlyList<string> LastErrors => _process.Errors.Lines;

    /// <summary>Starts a program; an argument list, never a shell.</summary>
    /// <param name="program">Full path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">What it gets of our environment beside what every child does.</param>
    /// <param name="stage">Where a failure to start belongs.</param>
    /// <returns>The running program.</returns>
    /// <exception cref="MediaException">It could not be started.</exception>
    public static async Task<LongProcess> StartAsync(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string stage) =>
        new(await FfmpegProcess.StartAsync(program, 0, _ => arguments, stage, environment).ConfigureAwait(false));

    /// <summary>Asks it to end (SIGTERM); where there are no signals, ends it. Harmless when it has ended.</summary>
    public void Terminate()
    {
        if (Ended.IsCompleted) return;

        // A refusal means that it has ended meanwhile.
        if (OperatingSystem.IsWindows()) Kill();
        else _ = Signal(_process.Id, TerminateSignal);
    }

    /// <summary>Ends it and all it started, at once. Harmless when it has ended.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Leaves no process behind.</summary>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await Ended.ConfigureAwait(false);
        await _process.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<int> EndAsync()
    {
        var exitCode = await _process.ExitAsync().ConfigureAwait(false);
        await _saidDrained.ConfigureAwait(false);
        return exitCode;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int process, int signal);
}
