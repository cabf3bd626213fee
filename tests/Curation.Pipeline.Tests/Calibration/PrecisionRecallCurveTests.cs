using Curation.Pipeline.Calibration;

namespace Curation.Pipeline.Tests.Calibration;

public sealed class PrecisionRecallCurveTests
{
    // From small to large: drop, drop, keep, drop, keep, keep; the two 3s are equal.
    private static readonly (double, bool)[] Labelled = [(1, false), (2, false), (3, true), (3, false), (4, true), (5, true)];

    [Fact]
    public void Points_go_from_the_loosest_to_the_tightest_and_equal_values_pass_together()
    {
        var curve = PrecisionRecallCurve.Draw(LabelBound.Min, Labelled, 0);

        Assert.Equal((3, 3), (curve.Keeps, curve.Drops));
        Assert.Equal([1, 2, 3, 4, 5], curve.Points.Select(point => point.Threshold));
        Assert.Equal([null, 1, 2, 3, 4], curve.Points.Select(point => point.Next));
        Assert.Equal([(3, 3), (3, 2), (3, 1), (2, 0), (1, 0)], curve.Points.Select(point => (point.KeptKeeps, point.KeptDrops)));
    }

    [Fact]
    public void Precision_recall_and_J_are_those_of_the_counts()
    {
        var point = PrecisionRecallCurve.Draw(LabelBound.Min, Labelled, 0).Points[2];

        Assert.Equal(3.0 / 4, point.Precision.Share);
        Assert.Equal(1, point.Recall.Share);
        Assert.Equal(1 - (1.0 / 3), point.Youden, 1e-12);
    }

    [Fact]
    public void Best_is_the_largest_J_and_of_equal_ones_the_loosest()
    {
        // J is 2/3 at 3, where one of three drops passes, and at 4, where one of three keeps is lost.
        Assert.Equal(3, PrecisionRecallCurve.Draw(LabelBound.Min, Labelled, 0).Best!.Threshold);
    }

    [Fact]
    public void Upper_bound_is_the_mirror_of_a_lower_one()
    {
        var curve = PrecisionRecallCurve.Draw(LabelBound.Max, Labelled.Select(clip => (-clip.Item1, clip.Item2)), 0);

        Assert.Equal([-1, -2, -3, -4, -5], curve.Points.Select(point => point.Threshold));
        Assert.Equal([(3, 3), (3, 2), (3, 1), (2, 0), (1, 0)], curve.Points.Select(point => (point.KeptKeeps, point.KeptDrops)));
    }

    [Fact]
    public void Absolute_bound_takes_both_sides_together()
    {
        var curve = PrecisionRecallCurve.Draw(LabelBound.MaxAbs, [(-0.1, true), (0.1, true), (-0.5, false)], 0.2);

        Assert.Equal([0.5, 0.1], curve.Points.Select(point => point.Threshold));
        Assert.Equal(0.1, curve.Old!.Threshold);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2.5, 3)]
    [InlineData(3, 3)]
    public void Old_bound_is_the_point_that_parts_the_clips_as_it_does(double old, double threshold)
    {
        Assert.Equal(threshold, PrecisionRecallCurve.Draw(LabelBound.Min, Labelled, old).Old!.Threshold);
    }

    [Fact]
    public void Old_bound_that_nothing_passes_has_no_point()
    {
        Assert.Null(PrecisionRecallCurve.Draw(LabelBound.Min, Labelled, 9).Old);
    }
}
