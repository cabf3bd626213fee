using Curation.Filters.Alignment;

namespace Curation.Filters.Tests.Alignment;

public sealed class SyncEstimatorTests
{
    /// <summary>Half a picture at 25 fps.</summary>
    private const double HalfPicture = 0.02;

    public static TheoryData<double> Offsets { get; } = [0, 0.05, -0.05, 0.3, -0.3, 0.6, -0.6, 1.2, -1.2, 1.9, -1.9];

    [Theory]
    [MemberData(nameof(Offsets))]
    public void Flash_and_beep_are_found_within_half_a_picture(double offset)
    {
        var estimate = SyncEstimator.Estimate(SyntheticScene.Film(SyntheticScene.Clock(), SyntheticScene.Flash), SyntheticScene.Tones(offset, 0.08), TimeSpan.Zero);

        Assert.Equal(offset, estimate.OffsetSeconds!.Value, HalfPicture);
        Assert.InRange(estimate.Confidence, 0.8, 1);
    }

    [Theory]
    [MemberData(nameof(Offsets))]
    public void Bouncing_ball_and_click_are_found_within_half_a_picture(double offset)
    {
        var estimate = SyncEstimator.Estimate(SyntheticScene.Film(SyntheticScene.Clock(), SyntheticScene.Ball), SyntheticScene.Tones(offset, 0.01), TimeSpan.Zero);

        Assert.Equal(offset, estimate.OffsetSeconds!.Value, HalfPicture);
        Assert.InRange(estimate.Confidence, 0.8, 1);
    }
}
