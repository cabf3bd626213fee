using Curation.Media.Probing;

namespace Curation.Pipeline.Budgets;

/// <summary>How much memory ffmpeg is expected to take for a source: it holds pictures, and they grow with their size.</summary>
/// <remarks>
/// Measured as the peak resident memory of ffmpeg 5.1 on 720p to 8K H.264 and HEVC: 57 to 62 MB and 3 to 10 pictures with one or two
/// threads, 21 to 24 with eight; 47 to 58 pictures with two threads into libx264's <c>veryfast</c>. What the formats allow is added.
/// </remarks>
public static class MediaMemory
{
    private const long ProcessBytes = 64L << 20;

    // H.264 and HEVC let a stream keep 16 pictures (max_dec_frame_buffering, sps_max_dec_pic_buffering); the filters hold a few more.
    private const int DecoderPictures = 20;
    private const int PicturesPerThread = 2;

    // Lookahead and references of libx264.
    private const int EncoderPictures = 60;
    private const double EncodedBytesPerPixel = 1.5;

    // Time lines and windows of the measurements: a run over one 1080p source peaks at 223 MiB with its decoder.
    private const long MeasuringBytes = 128L << 20;

    /// <summary>Bytes of a decoder.</summary>
    /// <param name="video">What it decodes.</param>
    /// <param name="threads">Its threads; 0 for one a core.</param>
    /// <returns>The process with its pictures.</returns>
    public static long OfDecoder(VideoTrack video, int threads)
    {
        ArgumentNullException.ThrowIfNull(video);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);

        var pictures = DecoderPictures + (PicturesPerThread * (threads == 0 ? Environment.ProcessorCount : threads));
        return ProcessBytes + (long)(pictures * (double)video.CodedWidth * video.CodedHeight * BytesPerPixel(video));
    }

    /// <summary>Bytes of an analysis: a decoder, and what is measured of its pictures.</summary>
    /// <param name="video">What is decoded.</param>
    /// <param name="threads">The decoder's threads; 0 for one a core.</param>
    /// <returns>Both together.</returns>
    public static long OfAnalysis(VideoTrack video, int threads) => OfDecoder(video, threads) + MeasuringBytes;

    /// <summary>Bytes of a cut: a decoder and an encoder in one process.</summary>
    /// <param name="video">What is cut.</param>
    /// <param name="threads">Threads of each; 0 for one a core.</param>
    /// <returns>The process with the pictures of both.</returns>
    public static long OfCut(VideoTrack video, int threads) =>
        OfDecoder(video, threads) + (long)(EncoderPictures * (double)video.Width * video.Height * EncodedBytesPerPixel);

    // From ffmpeg's name of the pixel format; what the name does not tell is taken for four components.
    private static double BytesPerPixel(VideoTrack video)
    {
        var components = video.PixelFormat switch
        {
            var name when name.Contains("420", StringComparison.Ordinal) || name.StartsWith("nv12", StringComparison.Ordinal) || name.StartsWith("p010", StringComparison.Ordinal) => 1.5,
            var name when name.Contains("422", StringComparison.Ordinal) => 2,
            var name when name.Contains("444", StringComparison.Ordinal) => 3,
            _ => 4,
        };
        return components * (video.BitDepth is null or > 8 ? 2 : 1);
    }
}
