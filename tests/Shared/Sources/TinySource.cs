using Curation.Media.Probing;

namespace Curation.Tests.Sources;

/// <summary>What a probe would say of a film of four points with sound, for tests and benchmarks that decode nothing.</summary>
internal static class TinySource
{
    /// <summary>A source of a picture and a sound track.</summary>
    /// <param name="path">Where it is said to be.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="duration">How long it lasts; null where nothing says so.</param>
    public static SourceInfo Info(string path, long bytes, TimeSpan? duration = null) => new()
    {
        Path = path,
        SizeBytes = bytes,
        Container = "mp4",
        Duration = duration,
        StartTime = TimeSpan.Zero,
        VideoStreams = 1,
        AudioStreams = 1,
        Video = new VideoTrack
        {
            Index = 0,
            Codec = "h264",
            CodedWidth = 2,
            CodedHeight = 2,
            Width = 2,
            Height = 2,
            RotationDegrees = 0,
            SampleAspectRatio = new Rational(1, 1),
            PixelFormat = "yuv420p",
            Interlaced = false,
        },
        Audio = new AudioTrack { Index = 1, Codec = "aac", SampleRate = 48000, Channels = 2 },
    };
}
