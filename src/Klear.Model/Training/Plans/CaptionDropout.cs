namespace Klear.Model.Training.Plans;

/// <summary>How often a caption is left out, so that the model can be guided. Ours: the paper does not say; 0.1 is uncalibrated.</summary>
public sealed record CaptionDropout
{
    /// <summary>Probability that a clip's video caption is empty, 0 to 1.</summary>
    public double Video { get; init; } = 0.1;

    /// <summary>Probability that a clip's audio caption is empty, 0 to 1, drawn by itself; what is said or sung goes with it.</summary>
    public double Audio { get; init; } = 0.1;
}
