using Klear.Model.Training.Plans;

namespace Klear.Model.Tests.Training.Plans;

public sealed class WaterFillingTests
{
    private const double Third = 1 / 3.0;

    [Fact]
    public void Proportions_within_their_bounds_are_only_normalised() =>
        AssertShares([0.1, 0.2, 0.7], WaterFilling.Shares([1, 2, 7], [0, 0, 0], [1, 1, 1]));

    // 10 of 13 is cut to 1/2; the other half is shared 2 to 1.
    [Fact]
    public void What_a_ceiling_takes_goes_to_the_others_in_proportion() =>
        AssertShares([0.5, Third, Third / 2], WaterFilling.Shares([10, 2, 1], [0, 0, 0], [0.5, 0.5, 0.5]));

    // 1 of 10 is lifted to 0.4; the remaining 0.6 is shared 6 to 3.
    [Fact]
    public void What_a_floor_gives_is_taken_from_the_others_in_proportion() =>
        AssertShares([0.4, 0.2, 0.4], WaterFilling.Shares([6, 3, 1], [0, 0, 0.4], [1, 1, 1]));

    // 1 is lifted to 1/6, and 20 of 28 parts of the rest would be 0.6: cut to 1/2. The one in between takes what is left.
    [Fact]
    public void Floor_and_ceiling_hold_at_once() =>
        AssertShares([0.5, Third, Third / 2], WaterFilling.Shares([20, 8, 1], [1 / 6.0, 1 / 6.0, 1 / 6.0], [0.5, 0.5, 0.5]));

    // 10 of 19 is above its ceiling, but what lifts 1 to its floor is taken from it too: 10 and 8 share 5/6.
    [Fact]
    public void Ceiling_that_a_floor_relieves_does_not_hold() =>
        AssertShares([5 / 6.0 * 10 / 18, 5 / 6.0 * 8 / 18, Third / 2], WaterFilling.Shares([10, 8, 1], [1 / 6.0, 1 / 6.0, 1 / 6.0], [0.5, 0.5, 0.5]));

    [Fact]
    public void Bounds_without_room_are_the_answer() =>
        AssertShares([0.2, 0.8], WaterFilling.Shares([5, 1], [0.2, 0.8], [0.2, 0.8]));

    [Fact]
    public void Smallest_proportions_reach_their_ceilings_where_all_must() =>
        AssertShares([0.5, 0.5], WaterFilling.Shares([1, 1e-26], [0, 0], [0.5, 0.5]));

    private static void AssertShares(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (wanted, found) in expected.Zip(actual)) Assert.Equal(wanted, found, 1e-12);
    }
}
