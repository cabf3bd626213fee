namespace Klear.Model.Data;

/// <summary>Size of pictures.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public readonly record struct PictureSize(int Width, int Height)
{
    /// <summary>The size of a list whose shape is nearest; among equal shapes the largest that needs no enlarging, else the smallest.</summary>
    /// <param name="sizes">At least one.</param>
    /// <param name="width">Pixels of the source.</param>
    /// <param name="height">Pixels of the source.</param>
    /// <returns>One of the list.</returns>
    public static PictureSize Nearest(IReadOnlyList<PictureSize> sizes, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentOutOfRangeException.ThrowIfZero(sizes.Count, nameof(sizes));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        return sizes
            .OrderBy(size => Math.Round(Math.Abs(Math.Log((double)size.Width * height / ((double)size.Height * width))), 6))
            .ThenByDescending(size => size.Width <= width && size.Height <= height)
            .ThenBy(size => size.Width <= width && size.Height <= height ? -(long)size.Width * size.Height : (long)size.Width * size.Height)
            .First();
    }
}
