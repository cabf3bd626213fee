using System.Globalization;
using Curation.Clips.Streaming;
using Curation.Media.Probing;
using Curation.Media.Processes;

namespace Curation.Media.Analysis;

/// <summary>The command line of the analysis pass: one decode, two streams of samples and two of times.</summary>
internal static class AnalysisArguments
{
    /// <summary>Ticks of a TimeSpan, so that a picture's time is rounded once and to 0.1 µs.</summary>
    public const string TickBase = "1/10000000";

    /// <summary>Pipes, in the order of the list that <see cref="For"/> is given.</summary>
    public const int Pictures = 0, PictureTimes = 1, Sound = 2, SoundTimes = 3, Count = 4;

    public static IReadOnlyList<string> For(FfmpegPaths paths, SourceInfo source, AnalysisOptions options, int width, int height, IReadOnlyList<int> pipes) =>
    [
        .. HostileInput.GlobalOptions,
        "-copyts",

        // Splitting so small a picture over threads costs more than it saves: about a third of the decode in 720p. Deinterlacing is worth it.
        .. source.Video.Interlaced ? Array.Empty<string>() : ["-filter_threads", "1"],

        // Pictures that no other picture builds on stay without their deblocking: nothing drifts, a picture four times smaller
        // does not show it, and decoding costs about a tenth less.
        "-skip_loop_filter", "noref",
        .. options.DecoderThreads > 0 ? new[] { "-threads", Text(options.DecoderThreads) } : [],
        .. HostileInput.Of(source.Path),
        "-map", "0:" + Text(source.Video.Index), "-sn", "-dn",
        "-vf", PictureFilter(source.Video, width, height, pipes[PictureTimes]),
        paths.PassthroughOption, "passthrough",
        "-c:v", "rawvideo", "-f", "rawvideo", "pipe:" + Text(pipes[Pictures]),
        "-map", "0:" + Text(source.Audio.Index), "-sn", "-dn",
        "-af", SoundFilter(Channels(source.Audio), pipes[SoundTimes]),
        "-c:a", "pcm_f32le", "-f", "f32le", "pipe:" + Text(pipes[Sound]),
    ];

    public static int Channels(AudioTrack audio) => audio.Channels == 1 ? 1 : 2;

    /// <summary>The matrix to assume where a stream does not name its own: BT.709 for HD, BT.601 below, as broadcast does.</summary>
    public static string AssumedMatrix(VideoTrack video) =>
        Math.Min(video.CodedWidth, video.CodedHeight) >= 720 ? "bt709" : "smpte170m";

    /// <summary>Fields to frames, one frame a pair of fields; frames that say they are progressive pass.</summary>
    public static string Deinterlace(VideoTrack video) => video.Interlaced ? "bwdif=mode=send_frame:deint=interlaced," : "";

    private static string PictureFilter(VideoTrack video, int width, int height, int timesPipe)
    {
        var input = video.ColorMatrix is null ? ":in_color_matrix=" + AssumedMatrix(video) : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Deinterlace(video)}scale={width}:{height}:flags=bilinear{input}:out_color_matrix=bt709:out_range=tv,format=yuv420p,settb={TickBase},{Times("", timesPipe)}");
    }

    /// <summary>More than two channels are mixed so that the sum cannot pass full scale.</summary>
    private static string SoundFilter(int channels, int timesPipe) => string.Create(
        CultureInfo.InvariantCulture,
        $"aresample={SoundView.SampleRate}:rematrix_maxval=1,aformat=sample_fmts=flt:sample_rates={SoundView.SampleRate}:channel_layouts={(channels == 1 ? "mono" : "stereo")},asettb=1/{SoundView.SampleRate},asetnsamples=n={SoundReader.BlockLength}:p=1,{Times("a", timesPipe)}");

    private static string Times(string prefix, int pipe) => string.Create(
        CultureInfo.InvariantCulture,
        $"{prefix}metadata=mode=add:key={TimeLines.Key}:value=0,{prefix}metadata=mode=print:key={TimeLines.Key}:file='pipe\\:{pipe}':direct=1");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
