using CsCheck;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Pipeline.Calibration;

namespace Curation.Pipeline.Tests.Calibration;

public sealed class RetentionCalibratorTests
{
    private static readonly double[] OneToTen = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

    [Theory]
    [InlineData(0.3, 3, 7.5)]
    [InlineData(0.5, 5, 5.5)]
    [InlineData(1, 10, 0)]
    public void One_limit_of_different_values_reaches_the_target_exactly(double target, int passing, double min)
    {
        var result = Calibrate(MadeClips.Of("snr_db", OneToTen), target, new Limit("snr_db") { Min = 0 });

        Assert.Equal(passing, result.After.Passing);
        Assert.Equal(passing, result.After.Retained);
        Assert.True(result.Proposed.Limits[0].Min >= min - 0.5 && result.Proposed.Limits[0].Min <= min + 0.5);
        Assert.Equal(target == 1 ? LimitMove.Kept : LimitMove.Moved, result.Limits[0].Move);
    }

    [Fact]
    public void Limits_that_step_together_step_one_after_another_to_the_nearest_share()
    {
        // Both measurements have ten values; the worst of one are the best of the other. Every step of both turns two clips away, and 9 of 10 lies between.
        var clips = new MadeClips(10).With("snr_db", OneToTen).With("sharpness", [.. OneToTen.Reverse()]).Table;

        var result = Calibrate(clips, 0.9, new Limit("snr_db") { Min = 0 }, new Limit("sharpness") { Min = 0 });

        Assert.Equal(9, result.After.Passing);
        Assert.Equal([LimitMove.Moved, LimitMove.Kept], result.Limits.Select(limit => limit.Move));
    }

    [Fact]
    public void Equal_values_leave_the_nearest_share_and_of_two_the_larger()
    {
        // 5 or 10 of 10 can pass; 0.7 is nearer to 0.5 and 0.75 lies in the middle.
        var clips = MadeClips.Of("silence_ratio", 0, 0, 0, 0, 0, 0.5, 0.5, 0.5, 0.5, 0.5);

        Assert.Equal(5, Calibrate(clips, 0.7, new Limit("silence_ratio") { Max = 0.9 }).After.Passing);
        Assert.Equal(10, Calibrate(clips, 0.75, new Limit("silence_ratio") { Max = 0.9 }).After.Passing);
    }

    [Fact]
    public void Whole_numbers_stay_readable()
    {
        var result = Calibrate(MadeClips.Of("bandwidth_hz", 4000, 8000, 12000, 16000), 0.5, new Limit("bandwidth_hz") { Min = 1000 });

        Assert.Equal(10000, result.Proposed.Limits[0].Min);
    }

    [Fact]
    public void Loosening_gives_back_what_was_turned_away()
    {
        var result = Calibrate(MadeClips.Of("snr_db", OneToTen), 0.8, new Limit("snr_db") { Min = 8.5 });

        Assert.Equal(2, result.Before.Passing);
        Assert.Equal(8, result.After.Passing);
        Assert.InRange(result.Strength!.Value, -1, 0);
    }

    [Fact]
    public void Effects_count_alone_together_and_without()
    {
        // Of five clips the first fails snr, the second both, the third silence.
        var clips = new MadeClips(5).With("snr_db", 1, 1, 9, 9, 9).With("silence_ratio", 0, 1, 1, 0, 0).Table;

        var result = Calibrate(clips, 0.4, new Limit("snr_db") { Min = 5 }, new Limit("silence_ratio") { Max = 0.5 });

        Assert.Equal(0, result.Strength);
        Assert.Equal([new LimitEffect(2, 1, 3), new LimitEffect(2, 1, 3)], result.Limits.Select(limit => limit.After));
    }

    [Fact]
    public void Limit_without_measurements_is_told_and_neither_moved_nor_counted()
    {
        var clips = new MadeClips(4).With("snr_db", 1, 2, 3, 4).With("aesthetic", double.NaN, double.NaN, double.NaN, double.NaN).Table;

        var result = Calibrate(clips, 0.5, new Limit("snr_db") { Min = 0 }, new Limit("aesthetic") { Min = 4.5 });

        Assert.Equal("not calibrated: unmeasured in all 4 clips", result.Limits[1].Note);
        Assert.Equal(LimitMove.NotCalibrated, result.Limits[1].Move);
        Assert.Equal(4.5, result.Proposed.Limits[1].Min);
        Assert.Equal(new OutcomeCounts(2, 0, 2, 2), result.After);
        Assert.Equal(["aesthetic"], result.Waiting);
    }

    [Fact]
    public void Clip_that_lacks_what_others_have_is_no_clip_to_retain()
    {
        var clips = new MadeClips(4).With("snr_db", 1, 2, 3, 4).With("aesthetic", 5, 5, 5, double.NaN).Table;

        var result = Calibrate(clips, 1, new Limit("snr_db") { Min = 2.5 }, new Limit("aesthetic") { Min = 4.5 });

        Assert.Equal(new OutcomeCounts(3, 3, 1, 0), result.After);
        Assert.Equal(["1 clip without aesthetic, which the policy asks for"], result.Undecidable);
    }

    [Fact]
    public void Facts_and_promises_are_never_moved()
    {
        var clips = new MadeClips(4).With("short_side_px", 100, 480, 480, 720).With("nsfw", 0, 0.1, 0.3, 0).With("speech_ratio", 0, 0, 0, 1).With("snr_db", 1, 2, 3, 4).Table;

        var result = Calibrate(clips, 1, new Limit("short_side_px") { Min = 480 }, new Limit("nsfw") { Max = 0.2 }, new Limit("speech_ratio") { Max = 0.5 }, new Limit("snr_db") { Min = 3.5 });

        Assert.Equal([LimitMove.Fixed, LimitMove.Fixed, LimitMove.Fixed, LimitMove.Moved], result.Limits.Select(limit => limit.Move));
        Assert.Equal(1, result.After.Passing);
        Assert.Equal(3, result.Undecidable.Count);
    }

    [Fact]
    public void Measurement_of_the_written_clip_is_asked_only_of_clips_that_were_cut()
    {
        // The first clip was cut askew, the second was cut well, and the others were never cut, which judging again does before it asks.
        var made = new MadeClips(4).With("snr_db", 1, 2, 3, 4).With(
            "container_skew_s",
            [0.5, 0, double.NaN, double.NaN],
            [Clips.Measuring.MeasurementState.Measured, Clips.Measuring.MeasurementState.Measured, null, null]);

        var result = Calibrate(made.Table, 1, new Limit("snr_db") { Min = 3.5 }, new Limit("container_skew_s") { Max = 0.001 });

        Assert.Equal(new OutcomeCounts(3, 3, 0, 1), result.After);
    }

    [Fact]
    public void Nothing_that_could_pass_is_an_error_that_says_why()
    {
        var clips = new MadeClips(2).With("short_side_px", 100, 200).With("snr_db", 1, 2).Table;

        var error = Assert.Throws<CalibrationException>(() => Calibrate(clips, 0.5, new Limit("short_side_px") { Min = 480 }, new Limit("snr_db") { Min = 0 }));

        Assert.Contains("2 clips outside short_side_px >= 480", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Share_outside_of_0_to_1_is_a_mistake_of_the_caller(double target)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Calibrate(MadeClips.Of("snr_db", 1), target, new Limit("snr_db") { Min = 0 }));
    }

    [Fact]
    public void Predicted_outcomes_of_random_clips_are_those_of_the_judge_with_the_new_policy()
    {
        Gen.Select(Gen.Int, Gen.Double[0.01, 1]).Sample(
            (seed, target) =>
            {
                var (made, policy) = MadeClips.Draw(seed);
                CalibrationResult result;
                try
                {
                    result = RetentionCalibrator.Calibrate(policy, made.Table, target, "new");
                }
                catch (CalibrationException)
                {
                    return;
                }

                var judged = Enumerable.Range(0, made.Seconds.Length).Select(row => made.Judge(result.Proposed, row).Outcome).ToList();
                Assert.Equal(judged.Count(outcome => outcome == ClipOutcome.Retained), result.After.Retained);
                Assert.Equal(judged.Count(outcome => outcome == ClipOutcome.Held), result.After.Held);
                Assert.Equal(judged.Count(outcome => outcome == ClipOutcome.Rejected), result.After.Rejected);
                if (result.Waiting.Count == 0) Assert.Equal(result.After.Retained, result.After.Passing);

                // Never further from the target than the policy it started from.
                Assert.True(Math.Abs(result.After.Share - target) <= Math.Abs(result.Before.Share - target) + 1e-12);
            },
            iter: 300);
    }

    private static CalibrationResult Calibrate(MeasuredClips clips, double target, params Limit[] limits) =>
        RetentionCalibrator.Calibrate(new Policy("base") { Sha256 = "", Limits = limits }, clips, target, "new");
}
