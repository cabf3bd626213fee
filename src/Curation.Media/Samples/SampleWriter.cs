using Curation.Media.Processes;

namespace Curation.Media.Samples;

/// <summary>Writes the quickstart's sample videos with the ffmpeg of this machine.</summary>
/// <param name="tools">Where ffmpeg is.</param>
/// <param name="time">Clock of the stall limit.</param>
public sealed class SampleWriter(FfmpegTools tools, TimeProvider time)
{
    private static readonly TimeSpan StallLimit = TimeSpan.FromMinutes(1);

    /// <summary>Writes the videos.</summary>
    /// <param name="folder">Where; made where it is missing.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>What was written, and what was left out and why.</returns>
    /// <exception cref="MediaException">ffmpeg failed.</exception>
    public async Task<IReadOnlyList<SampleVideo>> WriteAsync(string folder, CancellationToken cancellationToken)
    {
        var paths = await tools.LocateAsync(cancellationToken).ConfigureAwait(false);
        return await SampleVideos.WriteAsync(folder, RunAsync, cancellationToken).ConfigureAwait(false);

        async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken stop)
        {
            var output = await ChildRun.CaptureAsync(paths.Ffmpeg, arguments, StallLimit, MediaStage.Write, time, stop).ConfigureAwait(false);
            if (output.ExitCode != 0) throw new MediaException(MediaStage.Write, $"ffmpeg could not make a sample video: {output.Errors.FirstError ?? $"exit code {output.ExitCode}"}");
        }
    }
}
