using Curation.Clips;
using Curation.Dashboard.Parts;
using Curation.Dataset.Snapshots;

namespace Curation.Dashboard.Tests.EndToEnd;

/// <summary>The pages, and for each the fact that whoever opens it must find, with and without scripts.</summary>
public static class SitePages
{
    private static readonly Dictionary<string, Func<SnapshotManifest, ClipRecord, (string Path, string Fact)>> All = new()
    {
        ["overview"] = (manifest, _) => ("", Count(manifest.Funnel.Clips)),
        ["clips"] = (manifest, _) => ("clips", $"All {Count(manifest.Funnel.Clips)} clips"),
        ["clip"] = (_, clip) => ($"clips/{clip.Id}", clip.Reason!),
        ["what if"] = (manifest, _) => ("what-if", $"{Count(manifest.Funnel.Clips)} clips"),
        ["labels"] = (manifest, _) => ("labels", $"of {Count(manifest.Funnel.Clips)} labelled"),
        ["runs"] = (_, _) => ("runs", DashboardStage.RunId),
        ["run"] = (manifest, _) => ($"runs/{DashboardStage.RunId}", manifest.Id),
        ["new run"] = (_, _) => ("runs/new", "Start a run"),
        ["schedules"] = (_, _) => ("schedules", "Times are on your clock"),
        ["new schedule"] = (_, _) => ("schedules/new", "Add a schedule"),
        ["quarantine"] = (_, _) => ("quarantine", SampleFilms.Corrupt),
        ["login"] = (_, _) => ("login", "Nobody has to log in here"),
        ["no such page"] = (_, _) => ("nowhere", "There is no such page"),
    };

    /// <summary>Their names.</summary>
    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>Each in both themes and on a desk and a phone.</summary>
    public static TheoryData<string, bool, bool> InEveryView
    {
        get
        {
            var rows = new TheoryData<string, bool, bool>();
            foreach (var name in All.Keys)
            {
                foreach (var dark in new[] { false, true })
                {
                    rows.Add(name, dark, false);
                    rows.Add(name, dark, true);
                }
            }

            return rows;
        }
    }

    /// <summary>Where a page is, and what it must say.</summary>
    internal static async Task<(string Path, string Fact)> FindAsync(this DashboardStage stage, string name)
    {
        var reader = await stage.ReaderAsync();
        var manifest = await reader.FindManifestAsync();
        return All[name](manifest!, await stage.ClipOfAsync(SampleFilms.Still));
    }

    /// <summary>The first clip of a film.</summary>
    internal static async Task<ClipRecord> ClipOfAsync(this DashboardStage stage, string film) => (await stage.ClipsAsync()).First(clip => clip.SourceUri.EndsWith($"/{film}", StringComparison.Ordinal));

    /// <summary>All clips.</summary>
    internal static async Task<IReadOnlyList<ClipRecord>> ClipsAsync(this DashboardStage stage)
    {
        var reader = await stage.ReaderAsync();
        var clips = new List<ClipRecord>();
        await foreach (var clip in reader.ReadClipsAsync(await reader.FindManifestAsync() ?? throw new InvalidOperationException("no snapshot"))) clips.Add(clip);
        return clips;
    }

    private static string Count(long count) => Format.Count(count);
}
