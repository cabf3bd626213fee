using Curation.Filters.Scene;
using Curation.Models.Scenes;

namespace Curation.Pipeline.Modelling;

/// <summary>Joins the changes of shot that a model found with the changes of scene that the signal found.</summary>
internal static class ShotCuts
{
    /// <summary>Joins them. Where both found a change the signal's stands, because it knows which pictures are mixed; the model adds those that the signal missed.</summary>
    /// <param name="cuts">The signal's, in order of time.</param>
    /// <param name="changes">The model's, in order.</param>
    /// <param name="times">Presentation times of all pictures.</param>
    /// <returns>All, in order of time; the model's are no closer to another or to the first picture than the shortest scene.</returns>
    public static IReadOnlyList<SceneCut> Join(IReadOnlyList<SceneCut> cuts, IReadOnlyList<ShotChange> changes, IReadOnlyList<TimeSpan> times)
    {
        var shortest = new SceneOptions().ShortestScene;
        var added = new List<SceneCut>();
        foreach (var change in changes)
        {
            var cut = CutOf(change, times);
            var before = added.Count > 0 ? added[^1].To : times[0];
            if (cut.From - before < shortest || cuts.Any(known => cut.From - known.To < shortest && known.From - cut.To < shortest)) continue;

            added.Add(cut);
        }

        return [.. cuts.Concat(added).OrderBy(cut => cut.Time)];
    }

    // One picture above the threshold is a hard cut after it. Of several nobody says which is mixed how, so the middle one is the change.
    private static SceneCut CutOf(ShotChange change, IReadOnlyList<TimeSpan> times) => change.NextShot - change.FirstPicture <= 1
        ? SceneCut.Hard(times[change.NextShot])
        : new SceneCut(times[(change.FirstPicture + change.NextShot + 1) / 2], SceneCutKind.Dissolve, times[change.FirstPicture], times[change.NextShot]);
}
