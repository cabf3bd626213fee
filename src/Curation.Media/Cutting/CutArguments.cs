using System.Globalization;
using Curation.Clips;
using Curation.Clips.Streaming;
using Curation.Media.Analysis;
using Curation.Media.Probing;
using Curation.Media.Processes;

namespace Curation.Media.Cutting;

/// <summary>The command line that cuts one clip.</summary>
internal static class CutArguments
{
    /// <summary>Two instants this close are the same frame: times are rounded on their way through containers and rows.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMicroseconds(50);

    /// <summary>Pipes: progress goes to the output stream; the source times of the frames to the one further pipe.</summary>
    public const int Pipes = 1;

    public static IReadOnlyList<string> For(FfmpegPaths paths, SourceInfo source, ClipSpan span, TimeSpan? seek, FrameGrid grid, CutOptions options, string target, int timesPipe)
    {
        var threads = options.Threads > 0 ? new[] { "-threads", Text(options.Threads) } : [];
        return
        [
            .. HostileInput.GlobalOptions,
            "-progress", "pipe:1", "-y", "-copyts",
            .. threads, .. SeekLadder.Options(seek), .. HostileInput.Of(source.Path),
            "-map", "0:" + Text(source.Video.Index), "-map", "0:" + Text(source.Audio.Index),
            "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1",
            "-vf", PictureFilter(source.Video, span, grid.Rate, timesPipe),
            "-af", SoundFilter(source.Audio, span, options),
            paths.PassthroughOption, "passthrough",
            "-c:v", "libx264", "-preset", options.Preset, "-crf", Text(options.Quality), "-bf", "0", "-pix_fmt", "yuv420p", .. threads,
            "-c:a", "flac", "-sample_fmt", options.SoundBits == 16 ? "s16" : "s32", "-strict", "-2",
            "-movflags", "+faststart", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact",
            "-f", "mp4", HostileInput.FileUrl(target),
        ];
    }

    public static (int Width, int Height) Size(VideoTrack video) => DisplaySize.Fit(video.Width, video.Height, int.MaxValue);

    private static string PictureFilter(VideoTrack video, ClipSpan span, Rational rate, int timesPipe)
    {
        var (width, height) = Size(video);
        var from = (span.Start - Tolerance).Ticks;
        var to = (span.End - Tolerance).Ticks;
        var frames = FrameGrid.Count(span.Duration, rate);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{AnalysisArguments.Deinterlace(video)}settb={AnalysisArguments.TickBase},trim=start_pts={from}:end_pts={to},"
            + $"metadata=mode=add:key={TimeLines.Key}:value=0,metadata=mode=print:key={TimeLines.Key}:file='pipe\\:{timesPipe}':direct=1,"
            + $"setpts=PTS-STARTPTS,fps={rate}:start_time=0:round=near,tpad=stop_mode=clone:stop=-1,trim=end_frame={frames},"
            + $"scale={width}:{height}:flags=bicubic:out_range=tv,setsar=1,format=yuv420p");
    }

    /// <summary>
    /// The sound of the span to the sample: what the source lacks at either end is silence. A shift moves the window, not the samples.
    /// </summary>
    private static string SoundFilter(AudioTrack audio, ClipSpan span, CutOptions options)
    {
        var from = Sample(span.Start - options.SoundShift);
        var length = Sample(span.End - options.SoundShift) - from;
        var layout = AnalysisArguments.Channels(audio) == 1 ? "mono" : "stereo";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"aresample={SoundView.SampleRate}:rematrix_maxval=1:async=1:min_hard_comp=0.02,aformat=sample_fmts=fltp:sample_rates={SoundView.SampleRate}:channel_layouts={layout},"
            + $"asettb=1/{SoundView.SampleRate},atrim=start_pts={from}:end_pts={from + length},"
            + $"asetpts=PTS-{from},aresample=async=1:first_pts=0:min_comp=0.00001:min_hard_comp=0.02,apad=whole_len={length},atrim=end_sample={length},asetpts=N");
    }

    private static long Sample(TimeSpan time) => (long)Math.Round((decimal)time.Ticks * SoundView.SampleRate / TimeSpan.TicksPerSecond);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
