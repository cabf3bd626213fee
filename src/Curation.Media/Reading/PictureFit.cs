namespace Curation.Media.Reading;

/// <summary>How a picture gets its size. Each starts from the picture as shown: upright, with square pixels.</summary>
public enum PictureFit
{
    /// <summary>The size as shown, unscaled but for pixels that are not square.</summary>
    Native,

    /// <summary>Exactly the asked width and height; the shape is not kept.</summary>
    Squash,

    /// <summary>Scaled until both sides cover the asked ones, then cut around the centre.</summary>
    CentreCrop,

    /// <summary>Scaled so that the shorter side is the asked width or height, whichever is smaller; the shape is kept.</summary>
    ShortSide,
}
