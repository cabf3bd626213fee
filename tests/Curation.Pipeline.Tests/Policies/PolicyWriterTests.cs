using CsCheck;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Pipeline.Policies;

namespace Curation.Pipeline.Tests.Policies;

public sealed class PolicyWriterTests
{
    private static readonly Dictionary<string, string> NoComments = [];

    [Theory]
    [InlineData("klear")]
    [InlineData("demo")]
    public void Preset_reads_back_to_itself(string name)
    {
        var policy = PolicyFile.Load(name);

        AssertSame(policy, PolicyFile.Parse(PolicyWriter.Text(policy, [], NoComments), "x.yaml"));
    }

    [Fact]
    public void Text_is_as_people_write_it()
    {
        var policy = new Policy("mine")
        {
            Sha256 = "",
            ClipMin = TimeSpan.FromSeconds(1.5),
            Unmeasured = UnmeasuredRule.Pass,
            Limits = [new Limit("sync_offset_s") { MaxAbs = 0.2, MinConfidence = 0.5, Unmeasured = UnmeasuredRule.Hold }, new Limit("mos") { Min = 3, Max = 4.5, For = [Split.Singing, Split.SingleSpeech] }],
        };

        Assert.Equal(
            """
            # one
            # two
            name: mine
            clip: { min_seconds: 1.5, max_seconds: 20 }
            unmeasured: pass
            limits:
              sync_offset_s: { max_abs: 0.2, min_confidence: 0.5, unmeasured: hold }
              # why
              mos: { min: 3, max: 4.5, for: [singing, single_speech] }

            """.ReplaceLineEndings("\n"),
            PolicyWriter.Text(policy, ["one", "two"], new Dictionary<string, string> { ["mos"] = "why" }));
    }

    [Theory]
    [InlineData("a \"quoted\" \\ name: {x} # y")]
    [InlineData("日本語 \U0001F600 é")]
    [InlineData("null")]
    [InlineData("line\u2028separator\uFEFF")]
    [InlineData("- x")]
    [InlineData(" spaces ")]
    public void Name_reads_back_whatever_it_holds(string name)
    {
        Assert.Equal(name, PolicyFile.Parse(PolicyWriter.Text(new Policy(name) { Sha256 = "" }, [], NoComments), "x.yaml").Name);
    }

    [Theory]
    [InlineData("a\nlimits: {}")]
    [InlineData("a\r\u0085\u2028\u2029b")]
    [InlineData("")]
    public void Comment_stays_a_comment_whatever_it_holds(string comment)
    {
        var policy = PolicyFile.Load("demo");

        AssertSame(policy, PolicyFile.Parse(PolicyWriter.Text(policy, [comment], policy.Limits.ToDictionary(limit => limit.Name, _ => comment)), "x.yaml"));
    }

    [Fact]
    public void Any_numbers_and_lengths_read_back_exactly()
    {
        Gen.Select(Gen.Double[-1e9, 1e9], Gen.Double[0, 1], Gen.Long[1, 36_000_000_000 - 1], Gen.Int[0, 2]).Sample((number, share, ticks, rule) =>
        {
            var policy = new Policy("p")
            {
                Sha256 = "",
                ClipMin = TimeSpan.FromTicks(ticks),
                ClipMax = TimeSpan.FromTicks(ticks + 1),
                Unmeasured = (UnmeasuredRule)rule,
                Limits = [new Limit("snr_db") { Min = number }, new Limit("silence_ratio") { Max = share, Unmeasured = (UnmeasuredRule)rule }, new Limit("sync_offset_s") { MaxAbs = share, MinConfidence = share }],
            };
            AssertSame(policy with { Sha256 = CanonicalPolicy.Sha256(policy) }, PolicyFile.Parse(PolicyWriter.Text(policy, [], NoComments), "x.yaml"));
        });
    }

    private static void AssertSame(Policy expected, Policy actual)
    {
        Assert.Equal(CanonicalPolicy.Text(expected), CanonicalPolicy.Text(actual));
        Assert.Equal(expected.Sha256, actual.Sha256);
        Assert.Equal(expected.Limits.Select(limit => limit.Unmeasured), actual.Limits.Select(limit => limit.Unmeasured));
    }
}
