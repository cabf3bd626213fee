namespace Curation.Clips;

/// <summary>What became of a clip.</summary>
public enum ClipOutcome
{
    /// <summary>It is a triplet of the data set.</summary>
    Retained,

    /// <summary>It waits until a model that is absent today has measured it.</summary>
    Held,

    /// <summary>A limit of the policy turned it away.</summary>
    Rejected,
}
