namespace Curation.Models.Features;

/// <summary>Kernels of <see cref="PictureResizer"/>, with Pillow's definitions.</summary>
public enum ResizeFilter
{
    /// <summary>A triangle one pixel to each side.</summary>
    Bilinear,

    /// <summary>Keys' cubic with a = -0.5, two pixels to each side.</summary>
    Bicubic,
}
