using CsCheck;
using Curation.Pipeline.Calibration;

namespace Curation.Pipeline.Tests.Calibration;

public sealed class PolicyTableTests
{
    [Fact]
    public void Outcomes_of_random_clips_are_those_of_the_judge()
    {
        Gen.Int.Sample(
            seed =>
            {
                var (made, policy) = MadeClips.Draw(seed);

                var outcomes = PolicyTable.Lay(policy, made.Table).Decide(policy.Limits).Outcomes;

                for (var row = 0; row < outcomes.Length; row++) Assert.Equal(made.Judge(policy, row).Outcome, outcomes[row]);
            },
            iter: 500);
    }

    [Fact]
    public void Effects_of_random_limits_are_those_of_the_judge()
    {
        Gen.Int.Sample(
            seed =>
            {
                var (made, policy) = MadeClips.Draw(seed);
                var table = PolicyTable.Lay(policy, made.Table);

                var outcomes = table.Decide(policy.Limits);

                for (var place = 0; place < policy.Limits.Count; place++)
                {
                    var name = policy.Limits[place].Name;
                    var rejections = Enumerable.Range(0, table.Rows)
                        .Select(row => made.Judge(policy, row).Verdicts.Where(verdict => verdict.Outcome == Clips.Deciding.VerdictOutcome.Reject).Select(verdict => verdict.Filter).ToList()).ToList();
                    Assert.Equal(rejections.Count(filters => filters.Contains(name)), outcomes.Rejects[place]);
                    Assert.Equal(rejections.Count(filters => filters.Count == 1 && filters[0] == name), outcomes.OnlyRejects[place]);
                    if (table.Columns.Any(column => column.OnlyHolds)) continue;

                    var without = policy with { Limits = [.. policy.Limits.Where(limit => limit.Name != name)] };
                    Assert.Equal(Enumerable.Range(0, table.Rows).Count(row => made.Judge(without, row).Outcome == Clips.ClipOutcome.Retained), outcomes.Passes + outcomes.Freed[place]);
                }
            },
            iter: 200);
    }

    [Fact]
    public void Length_of_exactly_the_minimum_passes()
    {
        // 2.1 s in doubles is a hair above 21,000,000 ticks or below; it is stored as seconds and must come back.
        var made = new MadeClips(2);
        (made.Seconds[0], made.Seconds[1]) = (2.1, 2.0999999);
        var policy = new Clips.Deciding.Policy("p") { Sha256 = "", ClipMin = TimeSpan.FromTicks(21_000_000) };

        Assert.Equal([false, true], PolicyTable.Lay(policy, made.Table).TooShort);
    }
}
