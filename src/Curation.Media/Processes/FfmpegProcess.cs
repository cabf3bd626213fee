using System.ComponentModel;
using System.Diagnostics;

namespace Curation.Media.Processes;

/// <summary>One running ffmpeg or ffprobe. Every child of this project is one of these; disposing it leaves no process behind.</summary>
internal sealed class FfmpegProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly IReadOnlyList<InheritedPipe> _pipes;
    private readonly Task _errorsDrained;

    private FfmpegProcess(Process process, IReadOnlyList<InheritedPipe> pipes)
    {
        _process = process;
        _pipes = pipes;
        Pipes = [.. pipes.Select(p => p.Reader)];
        _errorsDrained = Errors.DrainAsync(process.StandardError);
    }

    public int Id => _process.Id;

    /// <summary>The child's output stream.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Our ends of the further pipes, in the order they were asked for.</summary>
    public IReadOnlyList<Stream> Pipes { get; }

    /// <summary>What it said on its error stream.</summary>
    public ErrorTail Errors { get; } = new();

    /// <summary>Starts a program; an argument list, never a shell.</summary>
    /// <param name="program">Full path.</param>
    /// <param name="pipes">How many further pipes from the child.</param>
    /// <param name="arguments">Given the numbers of those pipes, the arguments.</param>
    /// <param name="stage">Where a failure to start belongs.</param>
    /// <param name="environment">Variables beside what every child gets; null for none.</param>
    public static async Task<FfmpegProcess> StartAsync(
        string program, int pipes, Func<IReadOnlyList<int>, IReadOnlyList<string>> arguments, string stage, IReadOnlyDictionary<string, string>? environment = null)
    {
        try
        {
            var (process, ends) = await ChildStarter.StartAsync(program, pipes, arguments, environment).ConfigureAwait(false);
            return new FfmpegProcess(process, ends);
        }
        catch (Win32Exception e)
        {
            throw new MediaException(stage, $"'{program}' could not be started: {e.Message}", e);
        }
    }

    /// <summary>Waits until it has ended and everything it said was read.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        await _errorsDrained.ConfigureAwait(false);
        return _process.ExitCode;
    }

    /// <summary>Ends it and all it started, at once. Harmless when it has ended.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended between the question and the call.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await ExitAsync().ConfigureAwait(false);
        foreach (var pipe in _pipes) pipe.Dispose();
        _process.Dispose();
    }
}
