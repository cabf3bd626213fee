using Curation.Pipeline.Runs;

namespace Curation.Pipeline.Tests.Runs;

public sealed class RunCountsTests
{
    [Fact]
    public void Add_sums_every_count()
    {
        var counts = new RunCounts()
            .Add(new SourceSummary
            {
                Clips = 5,
                Retained = 2,
                Held = 1,
                ByFilter = new Dictionary<string, int> { ["motion_ratio"] = 2 },
                BySplit = new Dictionary<string, int> { ["sound"] = 2 },
                MediaSeconds = 10,
                AnalysisSeconds = 0.5,
                DecodePasses = 1,
            })
            .Add(new SourceSummary
            {
                Clips = 4,
                Retained = 3,
                ByFilter = new Dictionary<string, int> { ["motion_ratio"] = 1 },
                BySplit = new Dictionary<string, int> { ["singing"] = 1, ["sound"] = 2 },
                MediaSeconds = 20,
                AnalysisSeconds = 1.5,
                DecodePasses = 1,
            });

        Assert.Equal((2, 0, 0), (counts.Sources, counts.AlreadyDone, counts.Quarantined));
        Assert.Equal((9, 5, 1, 3), (counts.Clips, counts.Retained, counts.Held, counts.Rejected));
        Assert.Equal([KeyValuePair.Create("motion_ratio", 3)], counts.ByFilter);
        Assert.Equal([KeyValuePair.Create("singing", 1), KeyValuePair.Create("sound", 4)], counts.BySplit);
        Assert.Equal((30.0, 30.0, 2.0, 2), (counts.MediaSeconds, counts.AnalysedSeconds, counts.AnalysisSeconds, counts.DecodePasses));
    }

    [Fact]
    public void Add_of_a_source_done_before_counts_its_media_but_no_analysis()
    {
        var counts = new RunCounts().Add(new SourceSummary { AlreadyDone = true, Clips = 1, Retained = 1, MediaSeconds = 10 });

        Assert.Equal((1, 1, 10.0, 0.0), (counts.Sources, counts.AlreadyDone, counts.MediaSeconds, counts.AnalysedSeconds));
    }

    [Fact]
    public void Add_of_a_failure_counts_it_as_quarantined()
    {
        var counts = new RunCounts().Add(new SourceSummary { Failure = new SourceFailure("probe", "not media", false) });

        Assert.Equal((1, 1, 0), (counts.Sources, counts.Quarantined, counts.Clips));
    }

    [Fact]
    public void Add_leaves_the_counts_it_was_called_on_as_they_were()
    {
        var before = new RunCounts().Add(new SourceSummary { Clips = 1, ByFilter = new Dictionary<string, int> { ["mos"] = 1 } });

        before.Add(new SourceSummary { Clips = 1, ByFilter = new Dictionary<string, int> { ["mos"] = 1 } });

        Assert.Equal((1, 1), (before.Sources, before.ByFilter["mos"]));
    }
}
