namespace Curation.Models.Faces;

/// <summary>A rectangle in a picture; it may reach over the edges.</summary>
/// <param name="Left">Pixels from the picture's left edge.</param>
/// <param name="Top">Pixels from the picture's top edge.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public readonly record struct FaceBox(float Left, float Top, float Width, float Height)
{
    /// <summary>The part within a picture.</summary>
    /// <param name="width">The picture's width in pixels.</param>
    /// <param name="height">The picture's height in pixels.</param>
    /// <returns>The part; null where nothing of it is in the picture.</returns>
    public FaceBox? Within(int width, int height)
    {
        var (left, top) = (Math.Max(0, Left), Math.Max(0, Top));
        var (right, bottom) = (Math.Min(width, Left + Width), Math.Min(height, Top + Height));
        return right > left && bottom > top ? new FaceBox(left, top, right - left, bottom - top) : null;
    }
}
