namespace Curation.Media.Probing;

/// <summary>What a source's container says of itself, before anything is decoded.</summary>
public sealed record SourceInfo
{
    /// <summary>Full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>ffmpeg's name of the container, for example <c>mov,mp4,m4a,3gp,3g2,mj2</c>.</summary>
    public required string Container { get; init; }

    /// <summary>How long it lasts as the container states it; null where it does not.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The earliest presentation time of any stream; zero where unknown.</summary>
    public required TimeSpan StartTime { get; init; }

    /// <summary>The picture stream that is used.</summary>
    public required VideoTrack Video { get; init; }

    /// <summary>The sound stream that is used.</summary>
    public required AudioTrack Audio { get; init; }

    /// <summary>How many picture streams there are, cover art left out.</summary>
    public required int VideoStreams { get; init; }

    /// <summary>How many sound streams there are.</summary>
    public required int AudioStreams { get; init; }
}
