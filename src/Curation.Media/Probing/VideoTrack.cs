namespace Curation.Media.Probing;

/// <summary>The picture stream that is used.</summary>
public sealed record VideoTrack
{
    /// <summary>Number of the stream in its file.</summary>
    public required int Index { get; init; }

    /// <summary>ffmpeg's name of the codec, for example <c>h264</c>.</summary>
    public required string Codec { get; init; }

    /// <summary>Width in pixels as stored.</summary>
    public required int CodedWidth { get; init; }

    /// <summary>Height in pixels as stored.</summary>
    public required int CodedHeight { get; init; }

    /// <summary>Width in square pixels as shown: after rotation and sample aspect ratio.</summary>
    public required int Width { get; init; }

    /// <summary>Height in square pixels as shown: after rotation and sample aspect ratio.</summary>
    public required int Height { get; init; }

    /// <summary>Degrees clockwise that a player turns the stored picture: 0, 90, 180 or 270.</summary>
    public required int RotationDegrees { get; init; }

    /// <summary>Width of a stored pixel over its height; 1/1 where the file does not say.</summary>
    public required Rational SampleAspectRatio { get; init; }

    /// <summary>The lowest rate that can carry every frame's time (ffprobe's r_frame_rate); null where unknown.</summary>
    public Rational? NominalRate { get; init; }

    /// <summary>Frames over time (ffprobe's avg_frame_rate); null where unknown.</summary>
    public Rational? AverageRate { get; init; }

    /// <summary>ffmpeg's name of the pixel format, for example <c>yuv420p10le</c>.</summary>
    public required string PixelFormat { get; init; }

    /// <summary>Bits of one component; null where neither the stream nor the pixel format's name says.</summary>
    public int? BitDepth { get; init; }

    /// <summary>Whether the stream is declared as two fields a frame.</summary>
    public required bool Interlaced { get; init; }

    /// <summary>ffmpeg's name of the colour matrix, for example <c>bt709</c>; null where the stream does not say.</summary>
    public string? ColorMatrix { get; init; }

    /// <summary>ffmpeg's name of the transfer curve, for example <c>smpte2084</c>; null where the stream does not say.</summary>
    public string? ColorTransfer { get; init; }

    /// <summary>Unit of the stream's timestamps in seconds; null where unknown.</summary>
    public Rational? TimeBase { get; init; }

    /// <summary>Presentation time of the first picture as the container states it; null where it does not.</summary>
    public TimeSpan? FirstTime { get; init; }

    /// <summary>How long the stream is as the container states it; null where it does not.</summary>
    public TimeSpan? Duration { get; init; }
}
