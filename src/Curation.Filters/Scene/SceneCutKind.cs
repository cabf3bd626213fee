namespace Curation.Filters.Scene;

/// <summary>How one scene becomes the next.</summary>
public enum SceneCutKind
{
    /// <summary>From one picture to the next.</summary>
    Hard,

    /// <summary>Through a run of black or white pictures.</summary>
    Fade,

    /// <summary>By mixing one into the other.</summary>
    Dissolve,
}
