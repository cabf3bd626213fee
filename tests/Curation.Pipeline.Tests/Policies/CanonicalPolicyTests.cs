using Curation.Clips.Deciding;
using Curation.Pipeline.Policies;

namespace Curation.Pipeline.Tests.Policies;

public sealed class CanonicalPolicyTests
{
    [Fact]
    public void Text_names_every_bound_and_the_rule_in_force()
    {
        var policy = new Policy("x") { Sha256 = "", Limits = [new Limit("sync_offset_s") { MaxAbs = 0.2, MinConfidence = 0.5 }] };

        Assert.Equal(
            "policy x clip 20000000..200000000 unmeasured Hold\nsync_offset_s max_abs 0.2 min_confidence 0.5 unmeasured Hold\n",
            CanonicalPolicy.Text(policy));
    }

    [Fact]
    public void Sha256_of_negative_zero_is_that_of_zero()
    {
        var zero = new Policy("x") { Sha256 = "", Limits = [new Limit("snr_db") { Min = 0.0 }] };
        var negative = new Policy("x") { Sha256 = "", Limits = [new Limit("snr_db") { Min = -0.0 }] };

        Assert.Equal(CanonicalPolicy.Sha256(zero), CanonicalPolicy.Sha256(negative));
    }

    [Fact]
    public void Name_with_a_line_break_cannot_pose_as_a_limit()
    {
        var policy = new Policy("x\nmos min 3") { Sha256 = "" };

        Assert.Single(CanonicalPolicy.Text(policy).TrimEnd('\n').Split('\n'));
    }
}
