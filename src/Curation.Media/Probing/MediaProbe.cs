using System.Text.Json;
using Curation.Media.Processes;
using FFMpegCore;

namespace Curation.Media.Probing;

/// <summary>Opens a file and tells what it holds, or why it cannot be curated.</summary>
/// <param name="tools">Where ffprobe is.</param>
/// <param name="time">The clock of the time limit.</param>
public sealed class MediaProbe(FfmpegTools tools, TimeProvider time)
{
    /// <summary>Longest time ffprobe may take: it reads at most a few megabytes. Uncalibrated.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Reads the headers of a file.</summary>
    /// <param name="path">The file, whatever its name.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What the file says of itself, with the picture and the sound stream that are used.</returns>
    /// <exception cref="MediaException">It cannot be opened, is not media, or has no picture or no sound.</exception>
    public async Task<SourceInfo> ProbeAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        var size = ReadableSize(path);
        var paths = await tools.LocateAsync(cancellationToken).ConfigureAwait(false);
        string[] arguments = ["-hide_banner", "-loglevel", "repeat+level+error", "-show_format", "-show_streams", "-of", "json", .. HostileInput.Of(path)];
        var output = await ChildRun.CaptureAsync(paths.Ffprobe, arguments, Limit, MediaStage.Probe, time, cancellationToken).ConfigureAwait(false);
        if (output.ExitCode != 0)
        {
            var reason = FailureReason.From(output.Errors, output.ExitCode);
            throw new MediaException(MediaStage.Probe, reason == FailureReason.NoIndex && !Mp4Mark.Stands(path) ? FailureReason.NotMedia : reason);
        }

        return SourceReader.Read(path, size, Parse(output), output.Errors);
    }

    private static FFProbeAnalysis Parse(ChildOutput output)
    {
        try
        {
            return JsonSerializer.Deserialize<FFProbeAnalysis>(output.Bytes)
                ?? throw new MediaException(MediaStage.Probe, "ffprobe said nothing about this file");
        }
        catch (JsonException e)
        {
            throw new MediaException(MediaStage.Probe, $"what ffprobe printed about this file could not be read: {e.Message}", e);
        }
    }

    private static long ReadableSize(string path)
    {
        var file = new FileInfo(path);
        if (Directory.Exists(path)) throw new MediaException(MediaStage.Open, "it is a folder, not a file");
        if (!file.Exists) throw new MediaException(MediaStage.Open, "the file does not exist");

        // Pipes and devices also have no length, and opening one could wait for ever: so the length comes first.
        if (file.Length == 0) throw new MediaException(MediaStage.Open, "the file is empty (0 bytes), or is no regular file");

        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return RandomAccess.GetLength(handle);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new MediaException(MediaStage.Open, "permission denied: the file may not be read", e);
        }
        catch (IOException e)
        {
            throw new MediaException(MediaStage.Open, $"the file could not be opened: {e.Message}", e);
        }
    }
}
