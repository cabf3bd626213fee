using Curation.Clips;
using Curation.Media.Probing;

namespace Curation.Media.Cutting;

/// <summary>A written clip, as measured on the file.</summary>
public sealed record CutClip
{
    /// <summary>Full path.</summary>
    public required string Path { get; init; }

    /// <summary>The span that was written: the start is the source time of the first picture, which may lie after the one asked for.</summary>
    public required ClipSpan Span { get; init; }

    /// <summary>Width in square pixels; even.</summary>
    public required int Width { get; init; }

    /// <summary>Height in square pixels; even.</summary>
    public required int Height { get; init; }

    /// <summary>The clip's constant frame rate.</summary>
    public required Rational FrameRate { get; init; }

    /// <summary>Frames written.</summary>
    public required int Frames { get; init; }

    /// <summary>Length of the picture track: frames over rate.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Largest difference between a source frame's time and its place in the constant rate; zero where the source is constant.</summary>
    public required TimeSpan LargestTimingError { get; init; }

    /// <summary>SHA-256 of the file, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Size of the file.</summary>
    public required long Bytes { get; init; }

    /// <summary>First sound against first picture, as measured on the file with and without edit lists.</summary>
    public required ContainerSkew ContainerSkew { get; init; }
}
