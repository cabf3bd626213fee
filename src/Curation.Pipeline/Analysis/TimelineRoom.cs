using System.Runtime.CompilerServices;
using Curation.Filters.Alignment;
using Curation.Filters.Audio;
using Curation.Filters.Classification;
using Curation.Filters.Duplicates;
using Curation.Filters.Video;
using Curation.Media.Analysis;
using Curation.Media.Probing;
using Curation.Models.Scenes;

namespace Curation.Pipeline.Analysis;

/// <summary>How much scratch the time lines of a source are expected to take: what one second of each takes, times the stated length.</summary>
public static class TimelineRoom
{
    private const int SoundFramesPerSecond = 100;
    private const int SamplesPerSecond = 2;

    // Luma, and two planes of a quarter of it.
    private const double BytesPerPixel = 1.5;

    private const double UnstatedRate = 25;

    // A container that does not state its length: uncalibrated.
    private static readonly TimeSpan UnstatedDuration = TimeSpan.FromHours(1);

    /// <summary>Bytes in scratch files.</summary>
    /// <param name="source">What the probe said.</param>
    /// <param name="options">Of the analysis: the size of its pictures.</param>
    /// <param name="shots">Whether pictures are kept for a model of shots, too.</param>
    /// <returns>0 where every time line stays in memory, as those of sources of a few minutes do.</returns>
    public static long Bytes(SourceInfo source, AnalysisOptions options, bool shots)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);

        var seconds = (source.Duration ?? UnstatedDuration).TotalSeconds;
        var pictures = seconds * ((source.Video.AverageRate ?? source.Video.NominalRate)?.Value ?? UnstatedRate);
        var still = options.LongSide * options.LongSide * BytesPerPixel * Math.Min(source.Video.Width, source.Video.Height) / Math.Max(source.Video.Width, source.Video.Height);
        return Of<PictureFrame>(pictures) + Of<MotionFrame>(pictures) + (shots ? Of<ShotPicture>(pictures) : 0)
            + Of<PictureSample>(seconds * SamplesPerSecond) + Beyond(seconds * still)
            + Of<SoundFrame>(seconds * SoundFramesPerSecond) + Of<VoiceFrame>(seconds * SoundFramesPerSecond) + Of<OnsetFrame>(seconds * SoundFramesPerSecond)
            + Of<PictureHash>(seconds * 2 * PictureSignature.PerSecond) + Of<uint>(seconds * SoundPrinter.PerSecond);
    }

    private static long Of<T>(double entries)
        where T : unmanaged => Beyond(entries * Unsafe.SizeOf<T>());

    private static long Beyond(double bytes) => bytes <= Timeline<byte>.MemoryBytes ? 0 : (long)Math.Min(bytes, long.MaxValue / 16d);
}
