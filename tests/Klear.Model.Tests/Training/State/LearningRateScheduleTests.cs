using Klear.Model.Training.Plans;
using Klear.Model.Training.State;

namespace Klear.Model.Tests.Training.State;

public sealed class LearningRateScheduleTests
{
    [Theory]
    [InlineData(0, 0.25)]
    [InlineData(1, 0.5)]
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    [InlineData(1_000_000, 1)]
    public void Warm_up_rises_in_a_straight_line_to_the_peak(long step, double rate) =>
        Assert.Equal(rate, new LearningRateSchedule { Peak = 1, WarmUpSteps = 4 }.At(step), 1e-12);

    [Theory]
    [InlineData(DecayShape.Linear, 10, 1)]
    [InlineData(DecayShape.Linear, 15, 0.8)]
    [InlineData(DecayShape.Linear, 20, 0.6)]
    [InlineData(DecayShape.Linear, 30, 0.2)]
    [InlineData(DecayShape.Linear, 99, 0.2)]
    [InlineData(DecayShape.Cosine, 10, 1)]
    [InlineData(DecayShape.Cosine, 20, 0.6)]
    [InlineData(DecayShape.Cosine, 30, 0.2)]
    [InlineData(DecayShape.Cosine, 99, 0.2)]
    public void Rate_falls_to_the_floor_and_stays(DecayShape shape, long step, double rate) =>
        Assert.Equal(rate, new LearningRateSchedule { Peak = 1, Floor = 0.2, WarmUpSteps = 10, TotalSteps = 30, Shape = shape }.At(step), 1e-12);

    [Fact]
    public void Cosine_is_slow_at_its_start()
    {
        // A third of the way: (1 + cos 60 degrees) / 2.
        Assert.Equal(0.75, new LearningRateSchedule { Peak = 1, TotalSteps = 30, Shape = DecayShape.Cosine }.At(10), 1e-12);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var faults = new LearningRateSchedule { Peak = double.NaN, Floor = 2, WarmUpSteps = 5, TotalSteps = 5, Shape = DecayShape.Linear }.Faults();

        Assert.Equal(3, faults.Count);
        Assert.Empty(new LearningRateSchedule().Faults());
    }
}
