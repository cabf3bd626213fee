using Curation.Dashboard.Cluster;
using Curation.Grains;
using Curation.Grains.Schedules;
using Curation.Grains.Silos;
using Curation.Pipeline.Runs;

namespace Curation.Dashboard.Tests.Cluster;

public sealed class TroublesTests
{
    private static readonly DateTimeOffset Now = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);
    private static readonly SiloStatusReport Silo = new("10.0.0.1:11111", "one", ["media"], 1, 2, false);

    [Fact]
    public void Cluster_in_which_all_is_well_has_none() =>
        Assert.Empty(Troubles.Of(new ClusterState { At = Now, Silos = [Silo], Active = [Running(RunState.Running, null)] }, Now));

    [Fact]
    public void Run_that_waits_for_its_store_says_what_for()
    {
        var trouble = Assert.Single(Troubles.Of(new ClusterState { At = Now, Silos = [Silo], Active = [Running(RunState.Paused, "the disk is full")] }, Now));

        Assert.Equal(new Trouble("bad", "Run r1 waits: the disk is full", "runs/r1"), trouble);
    }

    [Fact]
    public void Run_that_failed_is_told_until_a_later_one_took_its_work_up()
    {
        var failed = Entry("r1", RunState.Failed, Now.AddHours(-2)) with { Error = "no space", EndedUtc = Now.AddHours(-1) };
        var later = Entry("r2", RunState.Done, Now.AddMinutes(-30)) with { EndedUtc = Now };

        Assert.Equal("Run r1 failed: no space", Assert.Single(Troubles.Of(new ClusterState { At = Now, Silos = [Silo], Ended = [failed] }, Now)).Text);
        Assert.Empty(Troubles.Of(new ClusterState { At = Now, Silos = [Silo], Ended = [later, failed] }, Now));
        Assert.Empty(Troubles.Of(new ClusterState { At = Now, Silos = [Silo], Ended = [failed] }, Now.AddDays(2)));
    }

    [Fact]
    public void Silo_that_is_silent_stands_before_one_that_drains()
    {
        var troubles = Troubles.Of(new ClusterState { At = Now, Silos = [Silo with { IsDraining = true }], Silent = ["10.0.0.2:11111"] }, Now);

        Assert.Equal(["Silo 10.0.0.2:11111 does not answer.", "Silo 10.0.0.1:11111 drains: it takes no new sources, 1 source still in work."], troubles.Select(trouble => trouble.Text));
    }

    [Fact]
    public void Cluster_without_the_role_media_can_work_on_nothing() =>
        Assert.StartsWith("No silo has the role media", Assert.Single(Troubles.Of(new ClusterState { At = Now, Silos = [Silo with { Roles = ["model"] }] }, Now)).Text, StringComparison.Ordinal);

    [Fact]
    public void Schedule_whose_last_run_failed_is_told_and_an_earlier_failure_is_not()
    {
        var failed = new ScheduledRun(Now.AddDays(-1), ScheduledOutcome.Failed) { Reason = "the input is gone" };
        var done = new ScheduledRun(Now, ScheduledOutcome.Done);
        var schedule = new ScheduleState { Definition = new ScheduleDefinition("nightly", "0 3 * * *", "UTC", "/in", "/out", "demo", "") };

        Assert.Equal("The last run of schedule nightly failed: the input is gone", Assert.Single(Troubles.Of(With(failed), Now)).Text);
        Assert.Empty(Troubles.Of(With(failed, done), Now));

        ClusterState With(params ScheduledRun[] history) => new() { At = Now, Silos = [Silo], Schedules = [schedule with { History = history }] };
    }

    private static RunNow Running(RunState state, string? error) =>
        new(Entry("r1", state, Now), new RunProgress(state, new RunCounts { Sources = 10 }, 20, 0, 0, [], null, error), new RunPace());

    private static RunEntry Entry(string id, RunState state, DateTimeOffset started) => new(id, "/in", "/out", "demo", state, started);
}
