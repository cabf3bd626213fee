using System.Globalization;
using System.Text;
using Curation.Media.Processes;

namespace Curation.Media.Cutting;

/// <summary>Measures the first audio against the first video presentation time of a file, with and without edit lists.</summary>
/// <param name="tools">Where ffprobe is.</param>
/// <param name="time">The clock of the time limit.</param>
public sealed class ContainerSkewProbe(FfmpegTools tools, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Measures one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The two differences.</returns>
    /// <exception cref="MediaException">It has no picture or no sound.</exception>
    public async Task<ContainerSkew> MeasureAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        var paths = await tools.LocateAsync(cancellationToken).ConfigureAwait(false);
        return new ContainerSkew(
            await SkewAsync(paths, path, [], cancellationToken).ConfigureAwait(false),
            await SkewAsync(paths, path, ["-ignore_editlist", "1"], cancellationToken).ConfigureAwait(false));
    }

    private async Task<TimeSpan> SkewAsync(FfmpegPaths paths, string path, string[] options, CancellationToken cancellationToken)
    {
        // The first second holds the first packet that is shown, wherever it stands in the order of storing.
        string[] arguments =
        [
            "-hide_banner", "-loglevel", "repeat+level+error", .. options, "-read_intervals", "%+1",
            "-show_entries", "packet=codec_type,pts_time,flags", "-of", "csv=p=0", .. HostileInput.Of(path),
        ];
        var output = await ChildRun.CaptureAsync(paths.Ffprobe, arguments, Limit, MediaStage.Write, time, cancellationToken).ConfigureAwait(false);
        decimal? video = null, audio = null;
        foreach (var line in Encoding.UTF8.GetString(output.Bytes).Split('\n'))
        {
            // codec_type,pts_time,flags; D marks a packet that is decoded but not shown.
            var fields = line.Trim().Split(',');
            if (fields.Length < 3 || fields[2].Contains('D', StringComparison.Ordinal)) continue;
            if (!decimal.TryParse(fields[1], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)) continue;

            if (fields[0] == "video") video = video is { } v ? Math.Min(v, seconds) : seconds;
            else if (fields[0] == "audio") audio = audio is { } a ? Math.Min(a, seconds) : seconds;
        }

        return video is { } picture && audio is { } sound
            ? TimeSpan.FromTicks((long)Math.Round((sound - picture) * TimeSpan.TicksPerSecond))
            : throw new MediaException(MediaStage.Write, $"the first times of '{Path.GetFileName(path)}' cannot be measured: {(video is null ? "no picture" : "no sound")} in its first second");
    }
}
