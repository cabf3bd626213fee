using System.Diagnostics;
using System.Globalization;
using Curation.Clips;
using Curation.Dataset.Browsing;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Bench;

/// <summary>Looks through a data set as the dashboard's page of clips does: time of opening, and of a page of each kind.</summary>
internal static class BrowseBench
{
    private const int Rounds = 3;

    private static TimeSpan _processor;

    public static async Task<int> RunAsync(string folder)
    {
        var store = new LocalDatasetStore(folder);
        var manifest = await new SnapshotReader(store).ReadManifestAsync();
        var watch = Stopwatch.StartNew();
        await using var browser = await ClipBrowser.OpenAsync(store, manifest);
        Say(string.Create(CultureInfo.InvariantCulture, $"opened {manifest.Funnel.Clips:N0} clips"), watch);

        var first = (await browser.SearchAsync(new ClipSearch())).Clips[0];
        (string Name, ClipSearch Search)[] searches =
        [
            ("in order of sources", new ClipSearch()),
            ("page in the middle", new ClipSearch { Offset = manifest.Funnel.Clips / 2 }),
            ("retained, by SNR", new ClipSearch { Outcome = ClipOutcome.Retained, Sort = "snr_db", Descending = true }),
            ("two ranges, by motion", new ClipSearch { Ranges = [new("snr_db", 10, 30), new("silence_ratio", null, 0.3)], Sort = "motion_ratio" }),
            ("text that many have", new ClipSearch { Text = "clip" }),
            ("text that none has", new ClipSearch { Text = "zebra crossing" }),
            ("random order", new ClipSearch { Sort = ClipSearch.RandomOrder, Seed = 7 }),
            ("one source", new ClipSearch { SourceUri = first.SourceUri }),
        ];
        foreach (var (name, search) in searches)
        {
            for (var round = 0; round < Rounds; round++)
            {
                watch.Restart();
                var page = await browser.SearchAsync(search);
                Say(string.Create(CultureInfo.InvariantCulture, $"{name}: {page.Clips.Count} of {page.Total:N0}"), watch);
            }

            watch.Restart();
            await browser.NeighboursAsync(search, first.Id);
            Say($"{name}: neighbours", watch);
        }

        for (var round = 0; round < Rounds; round++)
        {
            watch.Restart();
            await browser.FindAsync(first.Id);
            Say("one clip's row", watch);
        }

        watch.Restart();
        await browser.ExtentsAsync();
        Say("extents", watch);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"most memory: {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:0.00} GB; aim 300 ms a page of a million on 2 cores"));
        return 0;
    }

    // The processor's time too: it says what another machine, or this one alone, would take at most.
    private static void Say(string what, Stopwatch watch)
    {
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalMilliseconds,8:0} ms {(processor - _processor).TotalMilliseconds,8:0} ms of processors  {what}"));
        _processor = processor;
    }
}
