namespace Curation.Filters.Video;

/// <summary>A similarity between two pictures: where a point of the later picture lay in the earlier one, about the centre.</summary>
/// <param name="X">Shift to the right, in pixels of the level it was fitted at.</param>
/// <param name="Y">Shift downwards, in pixels of that level.</param>
/// <param name="Scale">Scale minus 1.</param>
/// <param name="Turn">Sine of the rotation.</param>
/// <param name="Bias">How much brighter the earlier picture is, in levels.</param>
internal readonly record struct CameraMotion(float X, float Y, float Scale, float Turn, float Bias)
{
    /// <summary>The same motion on a level whose pixels are smaller.</summary>
    public CameraMotion Refined(float factor) => this with { X = X * factor, Y = Y * factor };
}
