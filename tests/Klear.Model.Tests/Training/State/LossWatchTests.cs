using Klear.Model.Training.Plans;
using Klear.Model.Training.State;

namespace Klear.Model.Tests.Training.State;

public sealed class LossWatchTests
{
    private static readonly DivergenceRule ThreeTimesTheMedianOfThree = new() { Window = 3, Factor = 3 };

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void Loss_that_is_not_finite_stops_at_once_with_the_checkpoint_to_resume_from(double loss, string name)
    {
        var watch = new LossWatch(new DivergenceRule()) { LastGoodCheckpoint = "run/step-00000040" };
        watch.Observe(41, 2);

        var error = Assert.Throws<TrainingDivergedException>(() => watch.Observe(42, loss));

        Assert.Contains("step 42", error.Message, StringComparison.Ordinal);
        Assert.Contains($"the loss is {name} after a median of 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("run/step-00000040", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void First_loss_that_is_not_finite_has_no_median_and_no_checkpoint()
    {
        var error = Assert.Throws<TrainingDivergedException>(() => new LossWatch(new DivergenceRule()).Observe(0, double.NaN));

        Assert.Null(error.Median);
        Assert.Contains("There is no checkpoint", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loss_above_the_factor_times_the_running_median_stops()
    {
        var watch = new LossWatch(ThreeTimesTheMedianOfThree);
        foreach (var (step, loss) in new[] { 9.0, 1, 2, 3 }.Index()) watch.Observe(step, loss);

        // Median of 1, 2, 3.
        watch.Observe(4, 6);
        var error = Assert.Throws<TrainingDivergedException>(() => watch.Observe(5, 9.5));

        Assert.Equal((5, 9.5, 3.0), (error.Step, error.Loss, error.Median));
        Assert.Contains("3.17 times the median of the last 3 (3)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_judged_before_the_window_is_full()
    {
        var watch = new LossWatch(ThreeTimesTheMedianOfThree);
        watch.Observe(0, 1);
        watch.Observe(1, 1);

        watch.Observe(2, 1000);

        Assert.Equal([1, 1, 1000], watch.Recent);
    }

    [Fact]
    public void Resumed_watch_judges_by_the_window_it_was_saved_with()
    {
        var watch = new LossWatch(ThreeTimesTheMedianOfThree, [7, 1, 2, 3]);

        Assert.Equal([1, 2, 3], watch.Recent);
        Assert.Throws<TrainingDivergedException>(() => watch.Observe(5, 6.1));
    }
}
