using Curation.Dashboard.Cluster;
using Curation.Grains;
using Curation.Pipeline.Runs;

namespace Curation.Dashboard.Tests.Cluster;

public sealed class RunPaceTests
{
    private static readonly DateTimeOffset Start = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    [Fact]
    public void Rate_of_the_last_minute_is_what_was_done_in_it()
    {
        // One source of 30 s of media every 10 s for two minutes: 6 sources a minute, 3 times real time.
        var pace = Enumerable.Range(0, 13).Aggregate(new RunPace(), (pace, tick) => pace.Add(Start.AddSeconds(10 * tick), Progress(tick, 30 * tick)));

        Assert.Equal(6, pace.SourcesPerMinute!.Value, 6);
        Assert.Equal(3, pace.TimesRealTime!.Value, 6);
        Assert.All(pace.Speeds(), speed => Assert.Equal(3, speed.TimesRealTime, 6));
    }

    [Fact]
    public void Points_of_a_long_run_are_bounded_and_reach_from_its_beginning_to_now()
    {
        var pace = Enumerable.Range(0, 5000).Aggregate(new RunPace(), (pace, tick) => pace.Add(Start.AddSeconds(2 * tick), Progress(tick, tick)));

        Assert.InRange(pace.Points.Count, RunPace.MostPoints / 2, RunPace.MostPoints);
        Assert.Equal(Start, pace.Points[0].At);
        Assert.Equal(Start.AddSeconds(2 * 4999), pace.Points[^1].At);
    }

    [Fact]
    public void Rate_of_a_run_that_begins_anew_forgets_what_was_before()
    {
        var pace = new RunPace().Add(Start, Progress(10, 100)).Add(Start.AddSeconds(10), Progress(20, 200)).Add(Start.AddSeconds(20), Progress(0, 0));

        Assert.Single(pace.Points);
        Assert.Null(pace.SourcesPerMinute);
    }

    [Fact]
    public void TimeLeft_is_what_the_rest_takes_at_the_rate_so_far()
    {
        // A quarter of the bytes in 60 s: three more minutes.
        var progress = Progress(1, 0) with { TotalSources = 4, TotalBytes = 400, DoneBytes = 100, WallSeconds = 60 };

        Assert.Equal(TimeSpan.FromMinutes(3), RunPace.TimeLeft(progress));
        Assert.Null(RunPace.TimeLeft(progress with { State = RunState.Paused }));
        Assert.Null(RunPace.TimeLeft(progress with { TotalSources = null }));
    }

    private static RunProgress Progress(int sources, double mediaSeconds) =>
        new(RunState.Running, new RunCounts { Sources = sources, AnalysedSeconds = mediaSeconds }, null, 0, 0, [], null, null);
}
