using Curation.Pipeline.Analysis;

namespace Curation.Pipeline.Tests.Analysis;

public sealed class StillStoreTests
{
    [Fact]
    public void Find_gives_the_still_nearest_to_the_instant_inside_the_span()
    {
        using var stills = new StillStore(Path.GetTempPath());
        for (var second = 0; second < 5; second++) stills.Add(TimeSpan.FromSeconds(second), [(byte)second, 7]);

        Assert.Equal([2, 7], stills.Find(TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2.4)));
        Assert.Equal([3, 7], stills.Find(TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2.4)));
        Assert.Null(stills.Find(TimeSpan.FromSeconds(1.1), TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(1.5)));
    }
}
