using Curation.Clips.Deciding;
using Curation.Pipeline.Calibration;
using Curation.Pipeline.Policies;

namespace Curation.Pipeline.Tests.Calibration;

public sealed class CalibrationTextTests
{
    private static readonly CalibrationSource Source = new("/data/my set\nname: evil", "abc123", "demo");

    [Fact]
    public void File_reads_back_to_the_proposed_policy_whatever_the_address_holds()
    {
        var result = Calibrate();

        var policy = PolicyFile.Parse(CalibrationText.Write(result, Source), "new.yaml");

        Assert.Equal(result.Proposed.Sha256, policy.Sha256);
        Assert.Equal("new", policy.Name);
        Assert.Equal(result.Proposed.Limits[0].Min, policy.Limits[0].Min);
    }

    [Fact]
    public void Comments_say_where_each_limit_came_from()
    {
        var text = CalibrationText.Write(Calibrate(), Source);

        Assert.All(
            [
                "# Calibrated on /data/my set name: evil, snapshot abc123.",
                "# Target: 0.5 of 4 clips (all of triplets, held and rejected) is 2.",
                "# Reached: 2 clips, 0.5; difference 0. Before: 4 clips, 1.",
                "  # moved by the quantiles of 4 clips; old >= 0; n = 4; rejects 2 (before 0), 2 alone",
                "  # not calibrated: unmeasured in all 4 clips; old >= 4.5; n = 0; rejects 0 (before 0), 0 alone",
            ],
            line => Assert.Contains(line + "\n", text, StringComparison.Ordinal));
    }

    private static CalibrationResult Calibrate() => RetentionCalibrator.Calibrate(
        new Policy("base") { Sha256 = "", Limits = [new Limit("snr_db") { Min = 0 }, new Limit("aesthetic") { Min = 4.5 }] },
        MadeClips.Of("snr_db", 1, 2, 3, 4),
        0.5,
        "new");
}
