namespace Curation.Media.Probing;

/// <summary>The sound stream that is used.</summary>
public sealed record AudioTrack
{
    /// <summary>Number of the stream in its file.</summary>
    public required int Index { get; init; }

    /// <summary>ffmpeg's name of the codec, for example <c>aac</c>.</summary>
    public required string Codec { get; init; }

    /// <summary>Samples per second and channel.</summary>
    public required int SampleRate { get; init; }

    /// <summary>Channels as stored.</summary>
    public required int Channels { get; init; }

    /// <summary>Presentation time of the first sample as the container states it; null where it does not.</summary>
    public TimeSpan? FirstTime { get; init; }

    /// <summary>How long the stream is as the container states it; null where it does not.</summary>
    public TimeSpan? Duration { get; init; }
}
