namespace Curation.Filters.Scene;

/// <summary>A change of scene on the source's own clock.</summary>
/// <param name="Time">Presentation time of the first picture of the new scene; in a dissolve, of the first in which the new scene has the greater share.</param>
/// <param name="Kind">How it changes.</param>
/// <param name="From">Where the old scene stops being clean; equals <paramref name="Time"/> in a hard cut.</param>
/// <param name="To">Where the new scene starts being clean; equals <paramref name="Time"/> in a hard cut.</param>
public readonly record struct SceneCut(TimeSpan Time, SceneCutKind Kind, TimeSpan From, TimeSpan To)
{
    /// <summary>A hard cut.</summary>
    /// <param name="time">First picture of the new scene.</param>
    /// <returns>The cut.</returns>
    public static SceneCut Hard(TimeSpan time) => new(time, SceneCutKind.Hard, time, time);
}
