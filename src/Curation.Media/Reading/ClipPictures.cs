using Curation.Media.Probing;

namespace Curation.Media.Reading;

/// <summary>All pictures of a span in one piece.</summary>
public sealed record ClipPictures
{
    /// <summary>How many.</summary>
    public required int Count { get; init; }

    /// <summary>Pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Pictures per second.</summary>
    public required Rational Rate { get; init; }

    /// <summary>[picture, row, column, colour]: red, green, blue, 0..255, without gaps.</summary>
    public required byte[] Rgb { get; init; }

    /// <summary>Bytes of one picture.</summary>
    public int PictureBytes => Width * Height * 3;

    /// <summary>One picture.</summary>
    /// <param name="index">From 0.</param>
    /// <returns>Its pixels, row by row.</returns>
    public ReadOnlySpan<byte> Picture(int index) => Rgb.AsSpan(checked(index * PictureBytes), PictureBytes);
}
