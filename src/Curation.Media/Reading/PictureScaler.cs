namespace Curation.Media.Reading;

/// <summary>The kernel that scales.</summary>
public enum PictureScaler
{
    /// <summary>ffmpeg's own bicubic (B = 0, C = 0.6), as a command line without options scales: what re-encoded training sets have.</summary>
    Bicubic,

    /// <summary>Bicubic with a = -0.5 over RGB, as Pillow scales; ffmpeg rounds differently, so it is near and not equal.</summary>
    PillowBicubic,

    /// <summary>Bilinear.</summary>
    Bilinear,
}
