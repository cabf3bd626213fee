namespace Curation.Filters.Scene;

/// <summary>How a source is split into scenes. The defaults are PySceneDetect AdaptiveDetector's best swept mean where it has them.</summary>
public sealed record SceneOptions
{
    /// <summary>How many times a picture's difference must stand above the mean of its neighbours'.</summary>
    public double AdaptiveThreshold { get; init; } = 3.5;

    /// <summary>Neighbours on each side.</summary>
    public int Window { get; init; } = 3;

    /// <summary>Smallest difference of a cut, 0..255. PySceneDetect's 15 counts the noise of hue that ours does not; uncalibrated.</summary>
    public double SmallestContent { get; init; } = 7;

    /// <summary>Shortest scene; of two cuts that are closer the first stands.</summary>
    public TimeSpan ShortestScene { get; init; } = TimeSpan.FromSeconds(0.6);

    /// <summary>A change that is undone within this time is a flash or a jolt, not a cut; uncalibrated.</summary>
    public TimeSpan LongestFlash { get; init; } = TimeSpan.FromSeconds(0.45);

    /// <summary>Longest dissolve that is looked for.</summary>
    public TimeSpan LongestDissolve { get; init; } = TimeSpan.FromSeconds(2);
}
