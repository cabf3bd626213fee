using System.Globalization;
using Curation.Clips;
using Curation.Media.Analysis;
using Curation.Media.Cutting;
using Curation.Media.Probing;
using Curation.Media.Processes;

namespace Curation.Media.Reading;

/// <summary>The command lines that read a span. Samples go to the output stream; to the one further pipe goes the time of all that was decoded, before the span is taken out of it.</summary>
internal static class ReadArguments
{
    public const int Pipes = 1;

    public static IReadOnlyList<string> ForPictures(FfmpegPaths paths, SourceInfo source, ClipSpan span, TimeSpan? seek, Rational rate, int count, string layoutFilter, ReadOptions options, int timesPipe) =>
    [
        .. Input(source, seek, options),
        "-map", "0:" + Text(source.Video.Index), "-sn", "-dn",
        "-vf", PictureFilter(source.Video, span, rate, count, layoutFilter, timesPipe),
        paths.PassthroughOption, "passthrough",
        "-c:v", "rawvideo", "-f", "rawvideo", "pipe:1",
    ];

    public static IReadOnlyList<string> ForSound(SourceInfo source, ClipSpan span, TimeSpan? seek, int rate, ReadOptions options, int timesPipe) =>
    [
        .. Input(source, seek, options),
        "-map", "0:" + Text(source.Audio.Index), "-sn", "-dn",
        "-af", SoundFilter(source.Audio, span, rate, timesPipe),
        "-c:a", "pcm_f32le", "-f", "f32le", "pipe:1",
    ];

    /// <summary>Samples of a length, rounded.</summary>
    public static long Samples(TimeSpan time, int rate) => (long)Math.Round((decimal)time.Ticks * rate / TimeSpan.TicksPerSecond, MidpointRounding.AwayFromZero);

    private static IEnumerable<string> Input(SourceInfo source, TimeSpan? seek, ReadOptions options) =>
    [
        .. HostileInput.GlobalOptions, "-copyts",
        .. options.Threads > 0 ? new[] { "-threads", Text(options.Threads) } : [],
        .. SeekLadder.Options(seek), .. HostileInput.Of(source.Path),
    ];

    private static string PictureFilter(VideoTrack video, ClipSpan span, Rational rate, int count, string layoutFilter, int timesPipe)
    {
        var from = (span.Start - CutArguments.Tolerance).Ticks;
        var to = (span.End - CutArguments.Tolerance).Ticks;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{AnalysisArguments.Deinterlace(video)}settb={AnalysisArguments.TickBase},{Times("", timesPipe)},trim=start_pts={from}:end_pts={to},"
            + $"setpts=PTS-{span.Start.Ticks},fps={rate}:start_time=0:round=near,tpad=stop_mode=clone:stop=-1,trim=end_frame={count},{layoutFilter}");
    }

    /// <summary>As the cutter does it, so that a model hears what the clip will hold. The further steps of the cutter, silence at the ends, are taken here in C#, which counts it.</summary>
    private static string SoundFilter(AudioTrack audio, ClipSpan span, int rate, int timesPipe)
    {
        var from = Samples(span.Start, rate);
        var layout = AnalysisArguments.Channels(audio) == 1 ? "mono" : "stereo";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"aresample={rate}:rematrix_maxval=1:async=1:min_hard_comp=0.02,aformat=sample_fmts=flt:sample_rates={rate}:channel_layouts={layout},"
            + $"asettb=1/{rate},{Times("a", timesPipe)},atrim=start_pts={from}:end_pts={from + Samples(span.Duration, rate)}");
    }

    private static string Times(string prefix, int pipe) => string.Create(
        CultureInfo.InvariantCulture,
        $"{prefix}metadata=mode=add:key={TimeLines.Key}:value=0,{prefix}metadata=mode=print:key={TimeLines.Key}:file='pipe\\:{pipe}':direct=1");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
