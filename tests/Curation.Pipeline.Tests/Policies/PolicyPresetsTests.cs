using Curation.Clips.Deciding;
using Curation.Pipeline.Policies;

namespace Curation.Pipeline.Tests.Policies;

public sealed class PolicyPresetsTests
{
    [Fact]
    public void Names_are_the_files_of_the_policies_folder()
    {
        Assert.Equal(["demo", "klear"], PolicyPresets.Names);
    }

    [Theory]
    [InlineData("klear", UnmeasuredRule.Hold)]
    [InlineData("demo", UnmeasuredRule.Pass)]
    public void Preset_loads_by_name(string name, UnmeasuredRule unmeasured)
    {
        var policy = PolicyFile.Load(name);

        Assert.Equal(name, policy.Name);
        Assert.Equal(unmeasured, policy.Unmeasured);
    }

    [Fact]
    public void Klear_holds_the_limits_the_paper_and_the_design_give()
    {
        var limits = PolicyFile.Load("klear").Limits.ToDictionary(limit => limit.Name);

        Assert.Equal(0.2, limits["silence_ratio"].Max);
        Assert.Equal(3.0, limits["mos"].Min);
        Assert.Equal(480, limits["short_side_px"].Min);
        Assert.Equal(0.2, limits["sync_offset_s"].MaxAbs);
        Assert.Equal(0.5, limits["sync_offset_s"].MinConfidence);
        Assert.Equal(4.5, limits["aesthetic"].Min);
    }

    [Fact]
    public void Demo_is_nowhere_stricter_than_klear()
    {
        var demo = PolicyFile.Load("demo");
        var klear = PolicyFile.Load("klear").Limits.ToDictionary(limit => limit.Name);

        Assert.All(demo.Limits, limit =>
        {
            var strict = klear[limit.Name];
            Assert.True((limit.Min ?? double.MinValue) <= (strict.Min ?? double.MinValue), limit.Name);
            Assert.True((limit.Max ?? double.MaxValue) >= (strict.Max ?? double.MaxValue), limit.Name);
            Assert.True((limit.MaxAbs ?? double.MaxValue) >= (strict.MaxAbs ?? double.MaxValue), limit.Name);
        });
    }
}
