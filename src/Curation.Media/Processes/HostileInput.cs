namespace Curation.Media.Processes;

/// <summary>How a file that nobody vouches for is handed to ffmpeg and ffprobe.</summary>
internal static class HostileInput
{
    /// <summary>8192 x 8192. 8K (7680 x 4320) passes, 20000 x 20000 does not.</summary>
    public const long MaxPixels = 8192L * 8192L;

    /// <summary>1 GiB in one allocation: a frame of 8K in 16-bit 4:4:4:4 takes 265 MB.</summary>
    private const long MaxAllocation = 1L << 30;

    /// <summary>Containers of pictures and sound. Playlists (hls, dash, concat, imf, sdp), patterns (image2), text (tty) and scripts are left out: they name other files.</summary>
    private const string Demuxers =
        "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,mpegtsraw,mpeg,mpegvideo,avi,flv,live_flv,asf,ogg,mxf,gxf,nut,dv,rm,vob,wtv,swf,nsv,"
        + "h264,hevc,av1,obu,ivf,m4v,yuv4mpegpipe,gif,apng,wav,w64,aiff,au,caf,flac,mp3,aac,ac3,eac3,dts,amr,opus,tta,wv,ape";

    /// <summary>Options that stand before everything else.</summary>
    public static IEnumerable<string> GlobalOptions =>
        ["-nostdin", "-hide_banner", "-nostats", "-loglevel", "repeat+level+error", "-max_alloc", Text(MaxAllocation)];

    /// <summary>Options of an input that both programs know, and the input itself.</summary>
    /// <param name="path">The file. The prefix keeps dashes, colons, percent signs and line breaks from meaning anything.</param>
    public static IEnumerable<string> Of(string path) =>
        ["-protocol_whitelist", "file,pipe", "-format_whitelist", Demuxers, "-max_pixels", Text(MaxPixels), "-i", FileUrl(path)];

    /// <summary>A file as ffmpeg takes it literally.</summary>
    public static string FileUrl(string path) => "file:" + Path.GetFullPath(path);

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
