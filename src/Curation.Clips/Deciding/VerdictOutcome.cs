namespace Curation.Clips.Deciding;

/// <summary>What one limit says of one clip.</summary>
public enum VerdictOutcome
{
    /// <summary>Measured and within the limit.</summary>
    Pass,

    /// <summary>Outside the limit, or unmeasured where the policy says reject.</summary>
    Reject,

    /// <summary>Unmeasured: the clip is held.</summary>
    Hold,

    /// <summary>Unmeasured, and the policy lets it pass.</summary>
    Unmeasured,

    /// <summary>The limit does not apply to this kind of clip.</summary>
    NotApplicable,
}
