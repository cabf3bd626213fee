namespace Curation.Media.Processes;

/// <summary>Runs a child to its end and keeps what it printed.</summary>
internal static class ChildRun
{
    /// <summary>More than ffprobe prints for any list we ask for; a child that prints more is ended.</summary>
    private const int MaxOutputBytes = 64 << 20;

    /// <summary>Runs it; it is ended when it prints nothing and does not finish for longer than the limit.</summary>
    /// <param name="program">Full path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="stallLimit">The longest it may stay without printing or ending.</param>
    /// <param name="stage">Where a failure belongs.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="overallLimit">The longest it may run; null for no limit.</param>
    public static async Task<ChildOutput> CaptureAsync(string program, IReadOnlyList<string> arguments, TimeSpan stallLimit, string stage, TimeProvider time, CancellationToken cancellationToken, TimeSpan? overallLimit = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var process = await FfmpegProcess.StartAsync(program, 0, _ => arguments, stage).ConfigureAwait(false);
        using var watch = new StallWatch(stallLimit, overallLimit, 1, time, process.Kill);
        using var kill = cancellationToken.Register(process.Kill);
        var bytes = new MemoryStream();
        await Task.Factory.StartNew(() => Drain(process, watch, bytes), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        var exitCode = await process.ExitAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        watch.ThrowIfExpired(stage);
        if (bytes.Length > MaxOutputBytes)
        {
            throw new MediaException(stage, $"{Path.GetFileName(program)} printed more than {MaxOutputBytes >> 20} MiB about this file and was ended");
        }

        return new ChildOutput(exitCode, bytes.ToArray(), process.Errors);
    }

    private static void Drain(FfmpegProcess process, StallWatch watch, MemoryStream bytes)
    {
        var buffer = new byte[64 << 10];
        while (true)
        {
            watch.Waiting(0);
            var read = process.Output.Read(buffer, 0, buffer.Length);
            if (read == 0) return;

            watch.Busy(0);
            bytes.Write(buffer, 0, read);
            if (bytes.Length > MaxOutputBytes)
            {
                process.Kill();
                return;
            }
        }
    }
}
