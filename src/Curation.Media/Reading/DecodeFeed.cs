using Curation.Media.Analysis;
using Curation.Media.Processes;

namespace Curation.Media.Reading;

/// <summary>One running decoder: its samples on the output stream, and the time at which its decode began.</summary>
internal sealed class DecodeFeed : IAsyncDisposable
{
    private const int Samples = 0, Times = 1;

    private readonly FfmpegProcess _process;
    private readonly StallWatch _watch;
    private readonly CancellationTokenRegistration _kill;
    private readonly CancellationToken _cancellationToken;
    private readonly TaskCompletionSource<long?> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _timesRead;

    private DecodeFeed(FfmpegProcess process, TimeSpan stallLimit, TimeProvider time, CancellationToken cancellationToken)
    {
        _process = process;
        _watch = new StallWatch(stallLimit, null, 2, time, process.Kill);
        _cancellationToken = cancellationToken;
        _kill = cancellationToken.Register(process.Kill);
        _timesRead = OwnThread.Run(ReadTimes);
    }

    /// <summary>The time of the first thing decoded, in the filter's unit; null where nothing was, or it has none.</summary>
    public Task<long?> FirstTime => _first.Task;

    public static async Task<DecodeFeed> StartAsync(string program, Func<int, IReadOnlyList<string>> arguments, TimeSpan stallLimit, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var process = await FfmpegProcess.StartAsync(program, ReadArguments.Pipes, pipes => arguments(pipes[0]), MediaStage.Analyse).ConfigureAwait(false);
        return new DecodeFeed(process, stallLimit, time, cancellationToken);
    }

    /// <summary>Fills the buffer, or as much of it as there is.</summary>
    /// <returns>The bytes read; fewer than asked only at the end.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        _watch.Waiting(Samples);
        var read = await _process.Output.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, CancellationToken.None).ConfigureAwait(false);
        if (read < buffer.Length) _watch.Ended(Samples);
        else _watch.Busy(Samples);

        return read;
    }

    /// <summary>Throws where it was cancelled or ended by the watch.</summary>
    public void ThrowIfStopped()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _watch.ThrowIfExpired(MediaStage.Analyse);
    }

    /// <summary>Waits for its end; throws where that came for a bad reason. What it still has to say is not used.</summary>
    public async Task CheckEndAsync()
    {
        var rest = new byte[1 << 16];
        while (await ReadAsync(rest).ConfigureAwait(false) == rest.Length)
        {
        }

        await _timesRead.ConfigureAwait(false);
        var exitCode = await _process.ExitAsync().ConfigureAwait(false);
        ThrowIfStopped();
        if (exitCode != 0) throw new MediaException(MediaStage.Analyse, FailureReason.From(_process.Errors, exitCode));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _timesRead.ConfigureAwait(false);
        await _kill.DisposeAsync().ConfigureAwait(false);
        _watch.Dispose();
        await _process.DisposeAsync().ConfigureAwait(false);
    }

    private void ReadTimes()
    {
        var lines = new TimeLines(_process.Pipes[0]);
        while (true)
        {
            _watch.Waiting(Times);
            if (!lines.TryNext(out var pts)) break;

            _first.TrySetResult(pts);
        }

        _watch.Ended(Times);
        _first.TrySetResult(null);
    }
}
