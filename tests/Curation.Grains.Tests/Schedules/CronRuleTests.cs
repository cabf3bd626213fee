using System.Globalization;
using Curation.Grains.Schedules;

namespace Curation.Grains.Tests.Schedules;

/// <summary>Expected times by hand: Berlin is UTC+1, from 29 March 2026 01:00Z to 25 October 2026 01:00Z UTC+2; Seoul is UTC+9 all year.</summary>
public sealed class CronRuleTests
{
    [Theory]
    [InlineData("0 3 * * *", "Asia/Seoul", "2026-03-28T12:00Z", "2026-03-28T18:00Z", "2026-03-29T18:00Z", "2026-03-30T18:00Z")]
    [InlineData("0 3 * * *", "Asia/Seoul", "2026-10-24T12:00Z", "2026-10-24T18:00Z", "2026-10-25T18:00Z", "2026-10-26T18:00Z")]
    [InlineData("0 3 * * *", "Europe/Berlin", "2026-03-27T12:00Z", "2026-03-28T02:00Z", "2026-03-29T01:00Z", "2026-03-30T01:00Z")]
    public void Due_times_follow_the_clock_of_the_zone(string cron, string zone, string after, params string[] due) => AssertDue(cron, zone, after, due);

    [Fact]
    public void Time_that_the_clock_jumps_over_is_due_at_the_jump() =>
        AssertDue("30 2 * * *", "Europe/Berlin", "2026-03-27T12:00Z", "2026-03-28T01:30Z", "2026-03-29T01:00Z", "2026-03-30T00:30Z");

    [Fact]
    public void Time_that_comes_twice_is_due_once() =>
        AssertDue("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00Z", "2026-10-25T00:30Z", "2026-10-26T01:30Z");

    [Fact]
    public void Steps_go_on_through_both_hours() =>
        AssertDue("*/30 * * * *", "Europe/Berlin", "2026-10-24T23:59Z", "2026-10-25T00:00Z", "2026-10-25T00:30Z", "2026-10-25T01:00Z", "2026-10-25T01:30Z", "2026-10-25T02:00Z");

    [Fact]
    public void Times_between_are_counted_with_both_ends()
    {
        var rule = Rule("0 * * * *", "UTC");

        Assert.Equal(3, rule.Count(At("2026-01-01T01:00Z"), At("2026-01-01T03:00Z")));
        Assert.Equal(At("2026-01-01T03:00Z"), rule.LastUpTo(At("2026-01-01T03:00Z")));
        Assert.Equal(At("2026-01-01T03:00Z"), rule.LastUpTo(At("2026-01-01T03:59Z")));
        Assert.Equal(CronRule.MostCounted, rule.Count(At("2000-01-01T00:00Z"), At("2026-01-01T00:00Z")));
    }

    [Theory]
    [InlineData("", "UTC", "five fields")]
    [InlineData("0 3 * *", "UTC", "five fields")]
    [InlineData("0 0 3 * * *", "UTC", "five fields")]
    [InlineData("@daily", "UTC", "five fields")]
    [InlineData("61 3 * * *", "UTC", "61 3")]
    [InlineData("H 3 * * *", "UTC", "H 3")]
    [InlineData("0 3 30 2 *", "UTC", "never due")]
    [InlineData("0 3 * * *", "Mars/Olympus", "Mars/Olympus")]
    [InlineData("0 3 * * *", "", "time zone")]
    public void Wrong_rule_is_told_in_words(string cron, string zone, string told)
    {
        Assert.Null(CronRule.TryParse(cron, zone, out var faults));

        Assert.Contains(told, Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_fields_and_zone_are_told_at_once()
    {
        Assert.Null(CronRule.TryParse("x", "y", out var faults));

        Assert.Equal(2, faults.Count);
    }

    private static void AssertDue(string cron, string zone, string after, params string[] due)
    {
        var rule = Rule(cron, zone);
        var now = At(after);
        foreach (var expected in due)
        {
            now = rule.Next(now)!.Value;
            Assert.Equal(At(expected), now);
        }
    }

    private static CronRule Rule(string cron, string zone) => CronRule.TryParse(cron, zone, out _)!;

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
