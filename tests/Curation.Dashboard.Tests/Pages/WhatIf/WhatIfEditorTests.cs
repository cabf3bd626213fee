using Curation.Clips.Deciding;
using Curation.Dashboard.Pages.WhatIf;
using Curation.Pipeline.Policies;

namespace Curation.Dashboard.Tests.Pages.WhatIf;

public sealed class WhatIfEditorTests
{
    private static readonly LimitBound Min = LimitBound.All[0], Max = LimitBound.All[1];

    private readonly WhatIfEditor _editor = new(PolicyFile.Load("demo"));

    [Fact]
    public void Limit_that_is_moved_removed_and_put_back_leaves_the_policy_as_it_was()
    {
        _editor.Move("watermark", Max, 0.2);
        Assert.True(_editor.IsMoved("watermark"));
        _editor.Remove("watermark");
        Assert.Equal("watermark", Assert.Single(_editor.Removed).Name);
        _editor.Undo("watermark");

        Assert.False(_editor.IsChanged);
        Assert.Equal(_editor.Base.Limits.Select(limit => limit.Name), _editor.Draft.Limits.Select(limit => limit.Name));
    }

    [Fact]
    public void Change_that_no_policy_may_say_is_not_made()
    {
        _editor.Move("loudness_lufs", Min, 5);

        Assert.NotNull(_editor.Problem);
        Assert.False(_editor.IsChanged);
        _editor.Move("loudness_lufs", Min, -30);
        Assert.Null(_editor.Problem);
        Assert.Equal(-30, _editor.Find("loudness_lufs")!.Min);
    }

    [Fact]
    public void Limit_that_is_added_stands_last_and_its_rule_can_be_set()
    {
        _editor.Add("sharpness", Min, 0.5);
        _editor.SetRule("sharpness", UnmeasuredRule.Reject);

        Assert.Equal("sharpness", _editor.Draft.Limits[^1].Name);
        Assert.Equal(UnmeasuredRule.Reject, _editor.Find("sharpness")!.Unmeasured);
        _editor.Reset();
        Assert.False(_editor.IsChanged);
    }

    [Fact]
    public void Address_of_a_draft_makes_the_same_draft_elsewhere()
    {
        _editor.Move("snr_db", Min, 4.5);
        _editor.Remove("mos");
        var address = WhatIfQuery.At("what-if", "demo", _editor.Base, _editor.Draft);

        var query = WhatIfQuery.Parse(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address[address.IndexOf('?', StringComparison.Ordinal)..]));
        var other = new WhatIfEditor(PolicyFile.Load(query.Base!));
        other.Apply(query);

        Assert.Equal(_editor.Draft.Sha256, other.Draft.Sha256);
    }
}
