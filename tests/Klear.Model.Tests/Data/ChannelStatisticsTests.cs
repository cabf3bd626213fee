using Klear.Model.Data;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Data;

public sealed class ChannelStatisticsTests
{
    [Fact]
    public void Mean_and_deviation_are_those_of_all_values()
    {
        using var scope = NewDisposeScope();
        var statistics = new ChannelStatistics(2);

        statistics.Add(tensor(new float[] { 2, 4, 4, 4, 7, 7, 7, 7 }, [2, 4]));
        statistics.Add(tensor(new float[] { 5, 5, 7, 9, 7, 7, 7, 7 }, [2, 2, 2]));

        // The eight numbers 2 4 4 4 5 5 7 9 have mean 5 and deviation 2; a channel that does not vary is divided by 1.
        var scale = statistics.ToScale();
        Assert.Equal([5, 7], scale.Mean);
        Assert.Equal([2, 1], scale.Deviation);
    }

    [Fact]
    public void Nothing_added_changes_nothing()
    {
        var scale = new ChannelStatistics(1).ToScale();

        Assert.Equal((0, 1), (scale.Mean[0], scale.Deviation[0]));
    }
}
