using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Curation.Media.Processes;
using FFMpegCore;

namespace Curation.Media.Probing;

/// <summary>Chooses the streams out of ffprobe's answer and puts sizes and times into the form that is used here.</summary>
internal static partial class SourceReader
{
    /// <summary>A picture must fill one 2 x 2 block of colour at analysis size; below this nothing can be measured.</summary>
    private const int MinSide = 16;

    /// <summary>Longest source: a day. A longer one is a wrong time stamp or a recording that nobody cut. Uncalibrated.</summary>
    private static readonly TimeSpan LongestDuration = TimeSpan.FromHours(24);

    public static SourceInfo Read(string path, long size, FFProbeAnalysis analysis, ErrorTail errors)
    {
        var streams = analysis.Streams ?? [];
        var pictures = streams.Where(s => s.CodecType == "video" && !Has(s, "attached_pic") && !Has(s, "timed_thumbnails")).ToList();
        var sounds = streams.Where(s => s.CodecType == "audio").ToList();
        var picture = Choose(pictures) ?? throw NoPicture(streams);
        var sound = Choose([.. sounds.Where(s => s.Channels > 0 && SampleRate(s) > 0)]) ?? throw NoSound(sounds);
        var duration = Time(analysis.Format?.Duration);
        if (duration > LongestDuration)
        {
            throw new MediaException(MediaStage.Probe, string.Create(CultureInfo.InvariantCulture, $"the source says it lasts {duration.Value.TotalHours:0.#} h; the limit is {LongestDuration.TotalHours:0} h"));
        }

        return new SourceInfo
        {
            Path = Path.GetFullPath(path),
            SizeBytes = size,
            Container = analysis.Format?.FormatName ?? "unknown",
            Duration = duration > TimeSpan.Zero ? duration : null,
            StartTime = Time(analysis.Format?.StartTime) ?? TimeSpan.Zero,
            Video = Video(picture, errors),
            Audio = Audio(sound),
            VideoStreams = pictures.Count,
            AudioStreams = sounds.Count,
        };
    }

    private static MediaException NoPicture(IReadOnlyList<FFProbeStream> streams)
    {
        var reason = streams.Any(s => s.CodecType == "video")
            ? "no picture: the only picture is cover art"
            : streams.Any(s => s.CodecType == "audio")
                ? "no picture: the file has sound but no video stream"
                : "no picture: the file has no video stream";
        return new MediaException(MediaStage.Probe, reason);
    }

    private static MediaException NoSound(List<FFProbeStream> sounds) => new(MediaStage.Probe, sounds.Count == 0
        ? "no sound: the file has no audio stream"
        : "no sound: the audio stream does not say its rate and channels, so it cannot be decoded");

    /// <summary>The default stream, else the first.</summary>
    private static FFProbeStream? Choose(List<FFProbeStream> streams) => streams.Find(s => Has(s, "default")) ?? streams.FirstOrDefault();

    private static bool Has(FFProbeStream stream, string disposition) =>
        stream.Disposition is { } all && all.TryGetValue(disposition, out var value) && value != 0;

    private static VideoTrack Video(FFProbeStream stream, ErrorTail errors)
    {
        if (stream.Width is not > 0 || stream.Height is not > 0)
        {
            var said = FailureReason.From(errors, 0);
            throw new MediaException(MediaStage.Probe, errors.ErrorCount > 0 ? $"no picture: the video stream has no size: {said}" : "no picture: the video stream has no size");
        }

        var (codedWidth, codedHeight) = (stream.Width.Value, stream.Height.Value);
        if (Math.Min(codedWidth, codedHeight) < MinSide)
        {
            throw new MediaException(MediaStage.Probe, $"the picture is {codedWidth} x {codedHeight} pixels; the smallest that can be measured is {MinSide} x {MinSide}");
        }

        if ((long)codedWidth * codedHeight > HostileInput.MaxPixels)
        {
            throw new MediaException(MediaStage.Probe, $"the picture is {codedWidth} x {codedHeight} pixels; the limit is 8192 x 8192 in all");
        }

        var aspect = Rational.Parse(stream.SampleAspectRatio) ?? new Rational(1, 1);
        var rotation = Rotation(stream);
        var (width, height) = DisplaySize.Of(codedWidth, codedHeight, aspect, rotation);
        return new VideoTrack
        {
            Index = stream.Index,
            Codec = stream.CodecName ?? "unknown",
            CodedWidth = codedWidth,
            CodedHeight = codedHeight,
            Width = width,
            Height = height,
            RotationDegrees = rotation,
            SampleAspectRatio = aspect,
            NominalRate = Rational.Parse(stream.FrameRate),
            AverageRate = Rational.Parse(stream.AvgFrameRate),
            PixelFormat = stream.PixelFormat ?? "unknown",
            BitDepth = BitDepth(stream),
            Interlaced = stream.FieldOrder is "tt" or "bb" or "tb" or "bt",
            ColorMatrix = Known(stream.ColorSpace),
            ColorTransfer = Known(stream.ColorTransfer),
            TimeBase = Rational.Parse(Text(stream, "time_base")),
            FirstTime = Time(stream.StartTime),
            Duration = Time(stream.Duration),
        };
    }

    private static AudioTrack Audio(FFProbeStream stream) => new()
    {
        Index = stream.Index,
        Codec = stream.CodecName ?? "unknown",
        SampleRate = SampleRate(stream),
        Channels = stream.Channels ?? 0,
        FirstTime = Time(stream.StartTime),
        Duration = Time(stream.Duration),
    };

    private static int SampleRate(FFProbeStream stream) =>
        int.TryParse(stream.SampleRate, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) ? rate : 0;

    /// <summary>ffprobe prints the turn of the display matrix counter-clockwise.</summary>
    private static int Rotation(FFProbeStream stream)
    {
        foreach (var side in stream.SideData ?? [])
        {
            if (side.TryGetValue("rotation", out var value) && value is not null && double.TryParse(((JsonNode)value).ToString(), CultureInfo.InvariantCulture, out var degrees) && double.IsFinite(degrees))
            {
                return (((int)Math.Round(-degrees / 90) % 4) + 4) % 4 * 90;
            }
        }

        return 0;
    }

    private static int? BitDepth(FFProbeStream stream)
    {
        if (int.TryParse(stream.BitsPerRawSample, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits is > 0 and <= 32) return bits;

        var match = DeepFormat().Match(stream.PixelFormat ?? "");
        if (match.Success) return int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

        return stream.PixelFormat is { } format && (format.StartsWith("yuv", StringComparison.Ordinal) || format is "nv12" or "gray") ? 8 : null;
    }

    private static string? Known(string? name) => name is null or "" or "unknown" or "unspecified" or "reserved" ? null : name;

    private static string? Text(FFProbeStream stream, string key) =>
        stream.ExtensionData is { } data && data.TryGetValue(key, out var value) ? value.ToString() : null;

    /// <summary>Seconds with six decimals into ticks, without a detour over floating point.</summary>
    private static TimeSpan? Time(string? seconds) =>
        decimal.TryParse(seconds, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) < 1_000_000_000m
            ? TimeSpan.FromTicks((long)Math.Round(value * TimeSpan.TicksPerSecond))
            : null;

    [GeneratedRegex(@"p(9|10|12|14|16)(le|be)$")]
    private static partial Regex DeepFormat();
}
