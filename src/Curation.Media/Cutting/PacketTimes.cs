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

    /// <summary>Index-less containers seek by guessing and may land this much late. Uncalibrated.</summary>
    private static readonly TimeSpan EarlySeek = TimeSpan.FromSeconds(3);

    /// <summary>Reads them.</summary>
    /// <returns>The times in order, and whether the reading began at or before the span's start, so that the first of them is the span's first.</returns>
    public static async Task<(IReadOnlyList<TimeSpan> Times, bool FromStart)> ReadAsync(FfmpegPaths paths, SourceInfo source, ClipSpan span, TimeProvider time, CancellationToken cancellationToken)
    {
        var from = span.Start - EarlySeek;
        var interval = string.Create(CultureInfo.InvariantCulture, $"{(from > source.StartTime ? Seconds(from) : "")}%{Seconds(span.End + Reorder)}");
        string[] arguments =
        [
            "-hide_banner", "-loglevel", "repeat+level+error",
            "-select_streams", source.Video.Index.ToString(CultureInfo.InvariantCulture),
            "-read_intervals", interval,
            "-show_entries", "packet=pts_time,flags", "-of", "csv=p=0",
            .. HostileInput.Of(source.Path),
        ];
        var output = await ChildRun.CaptureAsync(paths.Ffprobe, arguments, Limit, MediaStage.Cut, time, cancellationToken).ConfigureAwait(false);
        var times = new SortedSet<TimeSpan>();
        var fromStart = from <= source.StartTime;
        foreach (var line in Encoding.UTF8.GetString(output.Bytes).Split('\n'))
        {
            // pts_time,flags; D marks a packet that is decoded but not shown.
            var fields = line.Trim().Split(',');
            if (fields.Length < 2 || fields[1].Contains('D', StringComparison.Ordinal)) continue;
            if (!decimal.TryParse(fields[0], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)) continue;
            if (Math.Abs(seconds) > 1_000_000_000m) continue;

            var at = TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
            if (at <= span.Start + CutArguments.Tolerance) fromStart = true;
            if (at >= span.Start - CutArguments.Tolerance && at < span.End - CutArguments.Tolerance) times.Add(at);
        }

        return ([.. times], fromStart);
    }

    private static string Seconds(TimeSpan time) => decimal.Round((decimal)time.Ticks / TimeSpan.TicksPerSecond, 6).ToString(CultureInfo.InvariantCulture);
}
