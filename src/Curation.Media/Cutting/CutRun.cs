using Curation.Media.Analysis;
using Curation.Media.Processes;

namespace Curation.Media.Cutting;

/// <summary>Runs one cut and hears which source frames went into it.</summary>
internal static class CutRun
{
    public static async Task<IReadOnlyList<TimeSpan>> RunAsync(string program, Func<int, IReadOnlyList<string>> arguments, TimeSpan stallLimit, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var process = await FfmpegProcess.StartAsync(program, CutArguments.Pipes, pipes => arguments(pipes[0]), MediaStage.Cut).ConfigureAwait(false);
        using var watch = new StallWatch(stallLimit, null, 1, time, process.Kill);
        using var kill = cancellationToken.Register(process.Kill);
        var progress = OwnThread.Run(() => Progress(process, watch));
        var frames = new List<TimeSpan>();
        await OwnThread.Run(() => Times(process, frames)).ConfigureAwait(false);
        await progress.ConfigureAwait(false);
        var exitCode = await process.ExitAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        watch.ThrowIfExpired(MediaStage.Cut);
        if (exitCode != 0)
        {
            var reason = FailureReason.From(process.Errors, exitCode);
            throw new MediaException(FailureReason.IsAboutWriting(reason) ? MediaStage.Write : MediaStage.Cut, reason);
        }

        return frames;
    }

    /// <summary>ffmpeg reports about twice a second while its loop turns; a decoder that hangs stops that.</summary>
    private static void Progress(FfmpegProcess process, StallWatch watch)
    {
        var buffer = new byte[4096];
        do
        {
            watch.Waiting(0);
        }
        while (process.Output.Read(buffer, 0, buffer.Length) > 0);

        watch.Ended(0);
    }

    private static void Times(FfmpegProcess process, List<TimeSpan> frames)
    {
        var lines = new TimeLines(process.Pipes[0]);
        while (lines.TryNext(out var pts))
        {
            if (pts is { } ticks) frames.Add(TimeSpan.FromTicks(ticks));
        }
    }
}
