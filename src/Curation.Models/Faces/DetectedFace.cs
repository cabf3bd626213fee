namespace Curation.Models.Faces;

/// <summary>A face in a picture; "right" is the person's own right.</summary>
/// <param name="Box">Around the face.</param>
/// <param name="Score">Confidence, 0..1.</param>
/// <param name="RightEye">The right eye.</param>
/// <param name="LeftEye">The left eye.</param>
/// <param name="Nose">The tip of the nose.</param>
/// <param name="RightMouthCorner">The right corner of the mouth.</param>
/// <param name="LeftMouthCorner">The left corner of the mouth.</param>
public sealed record DetectedFace(
    FaceBox Box,
    float Score,
    FacePoint RightEye,
    FacePoint LeftEye,
    FacePoint Nose,
    FacePoint RightMouthCorner,
    FacePoint LeftMouthCorner)
{
    // Own, uncalibrated: lips and chin of a talking mouth with little else; the box's share keeps the region wide when the head turns and the corners close up.
    private const float CornerShare = 1.6f;
    private const float BoxWidthShare = 0.45f;
    private const float BoxHeightShare = 0.30f;

    /// <summary>Where the lips move: a region around the middle of the mouth's corners.</summary>
    public FaceBox MouthRegion
    {
        get
        {
            var (dx, dy) = (LeftMouthCorner.X - RightMouthCorner.X, LeftMouthCorner.Y - RightMouthCorner.Y);
            var width = Math.Max(CornerShare * MathF.Sqrt((dx * dx) + (dy * dy)), BoxWidthShare * Box.Width);
            var height = BoxHeightShare * Box.Height;
            var (x, y) = ((RightMouthCorner.X + LeftMouthCorner.X) / 2, (RightMouthCorner.Y + LeftMouthCorner.Y) / 2);
            return new FaceBox(x - (width / 2), y - (height / 2), width, height);
        }
    }
}
