using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Pipeline.Policies;
using Curation.Pipeline.WhatIf;

namespace Curation.Pipeline.Tests.WhatIf;

public sealed class WhatIfDraftTests
{
    private static readonly Policy Demo = PolicyFile.Load("demo");

    [Fact]
    public void Differences_laid_over_the_policy_again_give_the_draft()
    {
        var draft = WhatIfDraft.Apply(Demo, ["watermark:max=0.25", "snr_db:min=-0.5,unmeasured=hold,for=sound+singing", "sharpness:min=0.125"], ["mos", "nsfw"]);

        var query = WhatIfDraft.Query(Demo, draft);
        var again = WhatIfDraft.Apply(Demo, [.. query.Where(pair => pair.Key == "limit").Select(pair => pair.Value)], [.. query.Where(pair => pair.Key == "without").Select(pair => pair.Value)]);

        Assert.Equal(draft.Sha256, again.Sha256);
        Assert.NotEqual(Demo.Sha256, draft.Sha256);
        Assert.Equal(5, query.Count);
        Assert.Equal([Split.Sound, Split.Singing], draft.Limits.Single(limit => limit.Name == "snr_db").For.OrderBy(split => split == Split.Singing));
    }

    [Fact]
    public void Differences_of_a_policy_to_itself_are_none() => Assert.Empty(WhatIfDraft.Query(Demo, Demo));

    [Theory]
    [InlineData("snr_db:min=loud")]
    [InlineData("snr_db:least=3")]
    [InlineData("snr:min=3")]
    [InlineData("snr_db:min=9,max=3")]
    [InlineData("mos:for=speech")]
    [InlineData("mos:unmeasured=keep")]
    public void Draft_that_no_policy_may_say_is_refused(string limit) => Assert.Throws<PolicyException>(() => WhatIfDraft.Apply(Demo, [limit], []));
}
