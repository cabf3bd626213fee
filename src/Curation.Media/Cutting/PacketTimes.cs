using System.Globalization;
using System.Text;
using Curation.Clips;
using Curation.Media.Probing;
using Curation.Media.Processes;

namespace Curation.Media.Cutting;

/// <summary>Reads the pictures' times of a span out of the container; nothing is decoded.</summary>
internal static class PacketTimes
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Frames are stored in another order than they are shown, by less than this.</summary>
    private static readonly TimeSpan Reorder = TimeSpan.FromSeconds(2);

    public static async Task<IReadOnlyList<TimeSpan>> ReadAsync(FfmpegPaths paths, SourceInfo source, ClipSpan span, TimeProvider time, CancellationToken cancellationToken)
    {
        var interval = string.Create(CultureInfo.InvariantCulture, $"{Seconds(span.Start)}%{Seconds(span.End + Reorder)}");
        string[] arguments =
        [
            "-hide_banner", "-loglevel", "repeat+level+error",
            "-select_streams", source.Video.Index.ToString(CultureInfo.InvariantCulture),
            "-read_intervals", interval,
            "-show_entries", "packet=pts_time", "-of", "csv=p=0",
            .. HostileInput.Of(source.Path),
        ];
        var output = await ChildRun.CaptureAsync(paths.Ffprobe, arguments, Limit, MediaStage.Cut, time, cancellationToken).ConfigureAwait(false);
        var times = new SortedSet<TimeSpan>();
        foreach (var line in Encoding.UTF8.GetString(output.Bytes).Split('\n'))
        {
            if (!decimal.TryParse(line.Trim().TrimEnd(','), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)) continue;
            if (Math.Abs(seconds) > 1_000_000_000m) continue;

            var at = TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
            if (at >= span.Start - CutArguments.Tolerance && at < span.End - CutArguments.Tolerance) times.Add(at);
        }

        return [.. times];
    }

    private static decimal Seconds(TimeSpan time) => decimal.Round((decimal)time.Ticks / TimeSpan.TicksPerSecond, 6);
}
