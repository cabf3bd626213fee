using Curation.Clips.Deciding;
using Curation.Pipeline.Policies;
using Curation.Pipeline.Tests.Calibration;
using Curation.Pipeline.WhatIf;

namespace Curation.Pipeline.Tests.WhatIf;

public sealed class WhatIfTextTests
{
    [Fact]
    public async Task File_says_where_each_limit_came_from_and_reads_back_as_the_draft()
    {
        var cancel = TestContext.Current.CancellationToken;
        var made = new MadeClips(4).With("snr_db", 1, 5, 6, 9).With("watermark", 0, 0, 0.5, 0);
        var policy = WhatIfDraft.Checked(new Policy("mine") { Sha256 = "", Limits = [new Limit("snr_db") { Min = 5 }, new Limit("watermark") { Max = 0.1 }, new Limit("black_ratio") { Max = 1, Unmeasured = UnmeasuredRule.Pass }] });
        using var dataset = await MadeDataset.OfAsync(made, policy, cancel);
        var clips = await WhatIfClips.LoadAsync(dataset.Store, dataset.Manifest, policy, cancel);
        var draft = WhatIfDraft.Apply(policy, ["snr_db:min=2", "mos:min=3,unmeasured=pass"], ["black_ratio"]);

        var text = WhatIfText.Write(await clips.CompareAsync(policy, draft, 0, cancel), "louder", "/data/set", "s1");

        var read = PolicyFile.Parse(text, "louder.yaml");
        Assert.Equal(CanonicalPolicy.Sha256(draft with { Name = "louder" }), read.Sha256);
        Assert.Contains("# moved by hand, was >= 5; rejects 1 (before 1), 1 alone\n  snr_db:", text, StringComparison.Ordinal);
        Assert.Contains("# as in mine; rejects 1 (before 1), 1 alone\n  watermark:", text, StringComparison.Ordinal);
        Assert.Contains("# added by hand; rejects 0, 0 alone\n  mos:", text, StringComparison.Ordinal);
        Assert.Contains("# Taken away: black_ratio (<= 1).", text, StringComparison.Ordinal);
    }
}
