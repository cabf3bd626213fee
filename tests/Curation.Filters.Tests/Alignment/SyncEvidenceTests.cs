using Curation.Clips.Measuring;
using Curation.Filters.Alignment;

namespace Curation.Filters.Tests.Alignment;

public sealed class SyncEvidenceTests
{
    [Fact]
    public void Offset_that_short_clips_share_gains_confidence()
    {
        var motion = SyntheticScene.Film(SyntheticScene.Clock(), SyntheticScene.Flash);
        var sound = SyntheticScene.Tones(0.3, 0.08, noise: 0.05);
        var evidence = new SyncEvidence();
        var alone = new List<double>();
        for (var part = 0; part < 3; part++)
        {
            var estimate = SyncEstimator.Estimate(motion.AsSpan(part * 80, 80), sound.AsSpan(part * 320, 320), TimeSpan.FromSeconds(part * 3.2));
            alone.Add(estimate.Confidence);
            evidence.Add(estimate);
        }

        var combined = evidence.Combine();

        Assert.Equal(3, evidence.Clips);
        Assert.Equal(0.3, combined.OffsetSeconds!.Value, 0.02);
        Assert.True(combined.Confidence > alone.Max(), $"{combined.Confidence} is not above {alone.Max()}");
    }

    [Fact]
    public void Clips_that_contradict_each_other_lose_confidence()
    {
        var motion = SyntheticScene.Film(SyntheticScene.Clock(), SyntheticScene.Flash);
        var early = SyncEstimator.Estimate(motion, SyntheticScene.Tones(-0.9, 0.08), TimeSpan.Zero);
        var late = SyncEstimator.Estimate(motion, SyntheticScene.Tones(0.9, 0.08), TimeSpan.Zero);
        var evidence = new SyncEvidence();
        evidence.Add(early);
        evidence.Add(late);

        Assert.InRange(early.Confidence, 0.9, 1);
        Assert.InRange(evidence.Combine().Confidence, 0, 0.499);
    }

    [Fact]
    public void Clips_that_were_not_measured_add_nothing()
    {
        var evidence = new SyncEvidence();
        evidence.Add(SyncEstimate.Unmeasured("the sound is silent"));

        var combined = evidence.Combine();

        Assert.Equal(0, evidence.Clips);
        Assert.Equal(MeasurementState.Unmeasured, combined.ToMeasurements()[0].State);
        Assert.Equal(0, combined.Confidence);
    }
}
