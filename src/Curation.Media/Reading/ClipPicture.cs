namespace Curation.Media.Reading;

/// <summary>One picture of a span.</summary>
public sealed record ClipPicture
{
    /// <summary>Its number, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The instant it stands for, from the span's start.</summary>
    public required TimeSpan Offset { get; init; }

    /// <summary>Pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Red, green, blue, 0..255, row by row without gaps. The array is the reader's to keep.</summary>
    public required byte[] Rgb { get; init; }
}
