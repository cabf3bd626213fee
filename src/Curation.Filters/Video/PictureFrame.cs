using System.Runtime.InteropServices;

namespace Curation.Filters.Video;

/// <summary>What is kept of one picture: fixed size, no references, so that a time line of them can be stored as bytes.</summary>
/// <remarks>Values that need an earlier picture are 0 on the first picture of a source.</remarks>
[StructLayout(LayoutKind.Sequential)]
public struct PictureFrame
{
    /// <summary>Presentation time on the source's own clock, in <see cref="TimeSpan"/> ticks.</summary>
    public long Ticks;

    /// <summary>Mean luma of 8 x 8 cells, row by row, 16..235.</summary>
    public LumaCells Luma;

    /// <summary>Mean Cb of 4 x 4 cells, row by row; 128 is neutral.</summary>
    public ChromaCells Cb;

    /// <summary>Mean Cr of 4 x 4 cells, row by row; 128 is neutral.</summary>
    public ChromaCells Cr;

    /// <summary>Mean luma, 16..235.</summary>
    public float MeanLuma;

    /// <summary>Variance of luma, in squared levels.</summary>
    public float LumaVariance;

    /// <summary>Variance of the 4-neighbour Laplacian of luma, in squared levels.</summary>
    public float LaplacianVariance;

    /// <summary>Share of pixels that are black in the sense of ffmpeg's blackdetect, 0..1.</summary>
    public float DarkShare;

    /// <summary>Mean absolute difference to the freeze reference as in ffmpeg's freezedetect, as a share of full scale, 0..1.</summary>
    public float FreezeDifference;

    /// <summary>Difference of hue, saturation and value to the picture before, 0..255; see <see cref="ColourKernel"/>.</summary>
    public float Content;

    /// <summary>Mean HSV saturation, 0..1.</summary>
    public float Saturation;

    /// <summary>Hasler and Suesstrunk's M3, 0 and up.</summary>
    public float Colourfulness;

    /// <summary>Ticks back to the picture that the camera motion below was fitted against; 0 where none was fitted.</summary>
    public long PairTicks;

    /// <summary>How far the camera's motion moved the content to the right, as a share of the longer side; a pan to the right makes it negative.</summary>
    public float ShiftX;

    /// <summary>How far the camera's motion moved the content down, as a share of the longer side.</summary>
    public float ShiftY;

    /// <summary>Growth of the content: 0.01 is 1 % larger.</summary>
    public float Zoom;

    /// <summary>Rotation of the content, in radians, clockwise as seen.</summary>
    public float Rotation;

    /// <summary>Share of the picture that agrees with the fitted motion, 0..1.</summary>
    public float FitShare;

    /// <summary>Share of the picture that moves on its own, 0..1.</summary>
    public float MovingShare;

    /// <summary>Presentation time on the source's own clock.</summary>
    public readonly TimeSpan Time => TimeSpan.FromTicks(Ticks);

    /// <summary>Whether the camera's motion was fitted against an earlier picture.</summary>
    public readonly bool HasMotion => PairTicks > 0;
}
