namespace Curation.Models.Faces;

/// <summary>When a detection is a face; the defaults are those of OpenCV's FaceDetectorYN.</summary>
public sealed record FaceOptions
{
    /// <summary>Least score, 0..1.</summary>
    public float ScoreThreshold { get; init; } = 0.9f;

    /// <summary>Of two boxes that share more than this of their union, the weaker is dropped, 0..1.</summary>
    public float OverlapThreshold { get; init; } = 0.3f;

    /// <summary>Most detections looked at, the strongest first.</summary>
    public int MostCandidates { get; init; } = 5000;
}
