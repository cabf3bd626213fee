using Curation.Clips.Measuring;
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
        var estimate = SyncEstimator.Estimate(Flashes(), SyntheticScene.Tones(offset, 0.08), TimeSpan.Zero);

        Assert.Equal(offset, estimate.OffsetSeconds!.Value, HalfPicture);
        Assert.InRange(estimate.Confidence, 0.9, 1);
    }

    [Theory]
    [MemberData(nameof(Offsets))]
    public void Bouncing_ball_and_click_are_found_within_half_a_picture(double offset)
    {
        var estimate = SyncEstimator.Estimate(SyntheticScene.Film(SyntheticScene.Clock(), SyntheticScene.Ball), SyntheticScene.Tones(offset, 0.01), TimeSpan.Zero);

        Assert.Equal(offset, estimate.OffsetSeconds!.Value, HalfPicture);
        Assert.InRange(estimate.Confidence, 0.5, 1);
    }

    [Fact]
    public void Clip_that_starts_late_on_its_source_is_measured_on_the_clock_of_the_source()
    {
        var later = TimeSpan.FromSeconds(1234.5);
        MotionFrame[] motion = [.. Flashes().Select(frame => frame with { Ticks = frame.Ticks + later.Ticks })];

        var estimate = SyncEstimator.Estimate(motion, SyntheticScene.Tones(0.3, 0.08), later);

        Assert.Equal(0.3, estimate.OffsetSeconds!.Value, HalfPicture);
    }

    [Fact]
    public void Sound_that_starts_after_the_picture_is_laid_where_its_start_says()
    {
        var estimate = SyncEstimator.Estimate(Flashes(), SyntheticScene.Tones(0, 0.08), TimeSpan.FromSeconds(0.4));

        Assert.Equal(0.4, estimate.OffsetSeconds!.Value, HalfPicture);
    }

    [Fact]
    public void Variable_picture_rate_is_measured_on_its_timestamps()
    {
        // 25 fps in the first half, 12.5 fps in the second: an index-based clock would drift by seconds.
        double[] times = [.. SyntheticScene.Clock(5), .. SyntheticScene.Clock(5, 12.5, 5)];

        var estimate = SyncEstimator.Estimate(SyntheticScene.Film(times, SyntheticScene.Flash), SyntheticScene.Tones(0.6, 0.08), TimeSpan.Zero);

        Assert.Equal(0.6, estimate.OffsetSeconds!.Value, 0.04);
        Assert.InRange(estimate.Confidence, 0.5, 1);
    }

    [Fact]
    public void Silence_that_pads_shifted_sound_is_no_onset()
    {
        var sound = SyntheticScene.Tones(0, 0.08, noise: 0.02);
        OnsetFrame[] shifted = [.. new OnsetFrame[60], .. sound[..^60]];

        var estimate = SyncEstimator.Estimate(Flashes(), shifted, TimeSpan.Zero);

        Assert.Equal(0.6, estimate.OffsetSeconds!.Value, HalfPicture);
        Assert.InRange(estimate.Confidence, 0.5, 1);
    }

    [Fact]
    public void Sound_that_repeats_is_ambiguous()
    {
        // A flash and a beep every second fit at every whole second.
        double[] events = [.. Enumerable.Range(1, 9).Select(i => (double)i)];
        var motion = SyntheticScene.Film(SyntheticScene.Clock(), (luma, time) => SyntheticScene.Flash(luma, time, events));

        var estimate = SyncEstimator.Estimate(motion, SyntheticScene.Tones(0, 0.08, events: events), TimeSpan.Zero);

        Assert.InRange(estimate.Confidence, 0, 0.499);
    }

    [Fact]
    public void One_coincidence_proves_nothing()
    {
        double[] events = [4];
        var motion = SyntheticScene.Film(SyntheticScene.Clock(), (luma, time) => SyntheticScene.Flash(luma, time, events));

        var estimate = SyncEstimator.Estimate(motion, SyntheticScene.Tones(1, 0.08, events: events), TimeSpan.Zero);

        Assert.InRange(estimate.Confidence, 0, 0.5);
    }

    [Fact]
    public void Independent_events_are_hardly_ever_trusted()
    {
        const int Trials = 40;
        var alarms = 0;
        for (var seed = 0; seed < Trials; seed++)
        {
            var motion = SyntheticScene.Film(SyntheticScene.Clock(), (luma, time) => SyntheticScene.Flash(luma, time, Draw(seed)));
            var estimate = SyncEstimator.Estimate(motion, SyntheticScene.Tones(0, 0.08, events: Draw(seed + 1000)), TimeSpan.Zero);
            if (estimate.Confidence >= 0.5) alarms++;
        }

        Assert.InRange(alarms, 0, Trials / 10);
    }

    [Fact]
    public void Still_picture_is_unmeasured()
    {
        var estimate = SyncEstimator.Estimate(SyntheticScene.Film(SyntheticScene.Clock(), (_, _) => { }), SyntheticScene.Tones(0, 0.08), TimeSpan.Zero);

        AssertUnmeasured(estimate, "nothing moves");
    }

    [Fact]
    public void Silent_sound_is_unmeasured()
    {
        AssertUnmeasured(SyncEstimator.Estimate(Flashes(), new OnsetFrame[1000], TimeSpan.Zero), "silent");
        AssertUnmeasured(SyncEstimator.Estimate(Flashes(), [], TimeSpan.Zero), "silent");
    }

    [Fact]
    public void Short_clip_is_unmeasured()
    {
        AssertUnmeasured(SyncEstimator.Estimate(Flashes().AsSpan(0, 40), SyntheticScene.Tones(0, 0.08, 1.6), TimeSpan.Zero), "too short");
        AssertUnmeasured(SyncEstimator.Estimate([], [], TimeSpan.Zero), "0 pictures");
    }

    [Fact]
    public void Sound_that_barely_overlaps_the_picture_is_unmeasured()
    {
        AssertUnmeasured(SyncEstimator.Estimate(Flashes(), SyntheticScene.Tones(0, 0.08), TimeSpan.FromSeconds(9.5)), "overlap");
    }

    [Fact]
    public void Steady_tone_has_no_confidence()
    {
        var estimate = SyncEstimator.Estimate(Flashes(), SyntheticScene.Tones(0, 10, events: [-1]), TimeSpan.Zero);

        Assert.InRange(estimate.Confidence, 0, 0.1);
    }

    private static MotionFrame[] Flashes() => SyntheticScene.Film(SyntheticScene.Clock(), SyntheticScene.Flash);

    private static double[] Draw(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 10).Select(i => Math.Round((i + random.NextDouble()) * 25) / 25)];
    }

    private static void AssertUnmeasured(SyncEstimate estimate, string reason)
    {
        var measurements = estimate.ToMeasurements();

        Assert.Null(estimate.OffsetSeconds);
        Assert.Equal(MeasurementState.Unmeasured, measurements[0].State);
        Assert.Contains(reason, measurements[0].Reason!, StringComparison.Ordinal);
        Assert.Equal(("sync_confidence", 0.0), (measurements[1].Name, measurements[1].Value!.Value));
    }
}
