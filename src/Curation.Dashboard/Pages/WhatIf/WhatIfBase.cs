using Curation.Clips.Deciding;

namespace Curation.Dashboard.Pages.WhatIf;

/// <summary>The policy that a draft starts from.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Preset">The preset that the viewer chose, or that stands in; null where it is the data set's own policy.</param>
/// <param name="Problem">Why it is not the one that is wanted; null where it is.</param>
public sealed record WhatIfBase(Policy Policy, string? Preset, string? Problem)
{
    /// <summary>Whether the data set was judged by it, so that its outcomes are those of the data set.</summary>
    public bool IsOwn => Preset is null;
}
