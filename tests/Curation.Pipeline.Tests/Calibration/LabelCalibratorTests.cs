using Curation.Clips.Deciding;
using Curation.Pipeline.Calibration;

namespace Curation.Pipeline.Tests.Calibration;

public sealed class LabelCalibratorTests
{
    private const int Each = 30;

    // 30 drops below 30 keeps.
    private static readonly double[] Parted = [.. Enumerable.Range(0, 2 * Each).Select(value => (double)value)];

    // Drops and keeps in turn.
    private static readonly double[] Mixed = [.. Enumerable.Range(0, 2 * Each).Select(clip => (double)(clip < Each ? 2 * clip : (2 * (clip - Each)) + 1))];

    [Fact]
    public void Limit_that_parts_the_labels_is_set_between_them()
    {
        var result = Calibrate(new MadeClips(60).With("snr_db", Parted).Table, new Limit("snr_db") { Min = 10 });

        // The last drop is 29 and the first keep 30.
        Assert.InRange(result.Proposed.Limits[0].Min!.Value, 29.0000001, 30);
        Assert.Equal(LimitMove.Moved, result.Limits[0].Move);
        Assert.Equal(30, result.Limits[0].Curves[0].Chosen!.KeptKeeps);
        Assert.Equal(new LabelAgreement("made", 30, 30, 30, 20, 30, 0), result.Labels);
    }

    [Fact]
    public void Limit_that_says_nothing_stays_however_many_labels_there_are()
    {
        var result = Calibrate(new MadeClips(60).With("snr_db", Parted).With("sharpness", Mixed).Table, new Limit("snr_db") { Min = 10 }, new Limit("sharpness") { Min = 20 });

        Assert.Equal(LimitMove.Kept, result.Limits[1].Move);
        Assert.Equal(20, result.Proposed.Limits[1].Min);
        Assert.Contains("no better than chance, left at its old value", result.Limits[1].Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Limit_with_too_few_labels_stays_and_says_how_many_are_needed()
    {
        // Seven keeps and three drops have a value.
        var few = Parted.Select((value, clip) => clip is >= 27 and < 37 ? value : double.NaN).ToArray();

        var result = Calibrate(new MadeClips(60).With("snr_db", Parted).With("aesthetic", few).Table, new Limit("snr_db") { Min = 10 }, new Limit("aesthetic") { Min = 4.5 });

        Assert.Equal("n = 7 keeps, 3 drops: at least 20 of each needed; left at its old value", result.Limits[1].Note);
        Assert.Equal(LimitMove.NotCalibrated, result.Limits[1].Move);
        Assert.Equal(4.5, result.Proposed.Limits[1].Min);
    }

    [Fact]
    public void Labels_that_are_enough_for_no_limit_are_refused()
    {
        var clips = new MadeClips(60).With("snr_db", Parted).Table;
        var labels = new ClipLabels("few.csv", Enumerable.Range(20, 30).ToDictionary(MadeClips.Id, row => row >= Each));

        var error = Assert.Throws<CalibrationException>(() => LabelCalibrator.Calibrate(Policy(new Limit("snr_db") { Min = 10 }), clips, labels, "new"));

        Assert.Equal("few.csv: no limit has labels enough to be set; label at least 20 clips keep and 20 drop.", error.Faults[0]);
        Assert.Equal("snr_db: n = 20 keeps, 10 drops: at least 20 of each needed", error.Faults[1]);
    }

    [Fact]
    public void Both_bounds_of_a_limit_are_set_each_by_its_own_curve()
    {
        // Drops lie outside of 15..44 on both sides, which each bound alone sees half of.
        var clips = new MadeClips(60).With("loudness_lufs", [.. Enumerable.Range(0, 60).Select(value => (double)value)]).Table;
        var labels = new ClipLabels("made", Enumerable.Range(0, 60).ToDictionary(MadeClips.Id, row => row is >= 15 and < 45));

        var limit = LabelCalibrator.Calibrate(Policy(new Limit("loudness_lufs") { Min = 0, Max = 60 }), clips, labels, "new").Proposed.Limits[0];

        Assert.InRange(limit.Min!.Value, 14.0000001, 15);
        Assert.InRange(limit.Max!.Value, 44, 44.9999999);
    }

    [Fact]
    public void Limit_that_parts_the_labels_the_other_way_round_stays()
    {
        var result = Calibrate(new MadeClips(60).With("snr_db", Parted).With("silence_ratio", [.. Parted.Select(value => value / 100)]).Table, new Limit("snr_db") { Min = 10 }, new Limit("silence_ratio") { Max = 0.5 });

        Assert.Equal(0.5, result.Proposed.Limits[1].Max);
        Assert.Contains("best J alone 0.00", result.Limits[1].Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Limit_that_sees_the_same_as_another_is_not_set_too()
    {
        var result = Calibrate(new MadeClips(60).With("snr_db", Parted).With("sharpness", Parted).Table, new Limit("snr_db") { Min = 10 }, new Limit("sharpness") { Min = 5 });

        Assert.Equal([LimitMove.Moved, LimitMove.Kept], result.Limits.Select(limit => limit.Move));
        Assert.Contains("beside the other limits nothing is surely better", result.Limits[1].Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_limits_that_each_see_a_little_do_not_turn_everything_away_together()
    {
        // Each of ten measurements is noise plus a little of what was labelled. Set by themselves, each at its own best J, all ten would keep almost no clip.
        string[] names = ["snr_db", "sharpness", "motion_ratio", "camera_stability", "saturation", "colourfulness", "aesthetic", "bandwidth_hz", "stereo_correlation", "loudness_lufs"];
        var random = new Random(5);
        var quality = Enumerable.Range(0, 1000).Select(_ => random.NextDouble()).ToArray();
        var made = new MadeClips(quality.Length);
        foreach (var name in names) made.With(name, [.. quality.Select(good => (0.7 * random.NextDouble()) + (0.3 * good))]);
        var labels = new ClipLabels("made", Enumerable.Range(0, quality.Length).ToDictionary(MadeClips.Id, row => quality[row] > 0.5));

        var result = LabelCalibrator.Calibrate(Policy([.. names.Select(name => new Limit(name) { Min = 0 })]), made.Table, labels, "new");

        // The base policy lets all pass, so the first move alone reaches the best J of one limit, and further ones only add to it.
        var agreement = result.Labels!;
        var together = agreement.RecallAfter.Share - ((double)agreement.KeptDropsAfter / agreement.Drops);
        Assert.True(together >= result.Limits.Max(limit => limit.Curves[0].Best!.Youden) - 1e-12, $"J {together}");
    }

    [Fact]
    public void Limit_that_is_too_strict_is_loosened()
    {
        var result = Calibrate(new MadeClips(60).With("snr_db", Parted).Table, new Limit("snr_db") { Min = 50 });

        Assert.InRange(result.Proposed.Limits[0].Min!.Value, 29.0000001, 30);
    }

    private static CalibrationResult Calibrate(MeasuredClips clips, params Limit[] limits) =>
        LabelCalibrator.Calibrate(Policy(limits), clips, new ClipLabels("made", Enumerable.Range(0, clips.Rows).ToDictionary(MadeClips.Id, row => row >= Each)), "new");

    private static Policy Policy(params Limit[] limits) => new("base") { Sha256 = "", Limits = limits };
}
