using Curation.Clips;
using Curation.Dataset.Browsing;
using Curation.Dataset.Queries;
using Curation.Dataset.Tests.Rejudging;

namespace Curation.Dataset.Tests.Browsing;

public sealed class ClipBrowserTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_for_everything_counts_everything_and_pages_without_gap_or_repeat()
    {
        using var dataset = await SourcesAsync(3);
        await using var browser = await OpenAsync(dataset);

        // Three sources, each with four retained clips, a held one and a rejected one.
        var pages = new List<ClipId>();
        for (var offset = 0; offset < 21; offset += 7)
        {
            var page = await browser.SearchAsync(new ClipSearch { Offset = offset, Limit = 7 }, Cancel);
            Assert.Equal(18, page.Total);
            Assert.Equal(Math.Min(7, 18 - offset), page.Clips.Count);
            pages.AddRange(page.Clips.Select(clip => clip.Id));
        }

        Assert.Equal(18, pages.Distinct().Count());
        Assert.Equal((await dataset.ReadClipsAsync(browser.Manifest)).OrderBy(clip => clip.SourceUri, StringComparer.Ordinal).ThenBy(clip => clip.Span.Start).Select(clip => clip.Id), pages);
    }

    [Theory]
    [InlineData(ClipOutcome.Retained, 12)]
    [InlineData(ClipOutcome.Held, 3)]
    [InlineData(ClipOutcome.Rejected, 3)]
    public async Task Search_by_outcome_finds_its_clips(ClipOutcome outcome, int expected)
    {
        using var dataset = await SourcesAsync(3);
        await using var browser = await OpenAsync(dataset);

        var page = await browser.SearchAsync(new ClipSearch { Outcome = outcome }, Cancel);

        Assert.Equal(expected, page.Total);
        Assert.All(page.Clips, clip => Assert.Equal(outcome, clip.Outcome));
    }

    [Fact]
    public async Task Search_by_split_filter_source_and_range_is_their_intersection()
    {
        using var dataset = await SourcesAsync(3);
        await using var browser = await OpenAsync(dataset);

        // silence_ratio is the clip's index / 100 and the split its index modulo 4, the held clip's too: indexes 2..4 of every source.
        Assert.Equal(9, await CountAsync(browser, new ClipSearch { Ranges = [new("silence_ratio", 0.02, 0.04)] }));
        Assert.Equal(6, await CountAsync(browser, new ClipSearch { Ranges = [new("silence_ratio", 0.02, 0.04)], Outcome = ClipOutcome.Retained }));
        Assert.Equal(6, await CountAsync(browser, new ClipSearch { Split = Split.Sound }));
        Assert.Equal(3, await CountAsync(browser, new ClipSearch { RejectedBy = "snr_db" }));
        Assert.Equal(0, await CountAsync(browser, new ClipSearch { RejectedBy = "mos" }));
        Assert.Equal(6, await CountAsync(browser, new ClipSearch { SourceUri = "file:///media/source%200002.mp4" }));
        Assert.Equal(18, await CountAsync(browser, new ClipSearch { Without = ["aesthetic"] }));
        Assert.Equal(0, await CountAsync(browser, new ClipSearch { Without = ["snr_db"] }));
        Assert.Equal(16, await CountAsync(browser, new ClipSearch { Except = [.. (await dataset.ReadClipsAsync(browser.Manifest)).Take(2).Select(clip => clip.Id.Value), "'no clip'"] }));
        Assert.Equal(3, await CountAsync(browser, new ClipSearch { Ranges = [new("start_s", 20, 30), new("duration_s", 9, 9)] }));
    }

    [Theory]
    [InlineData("DOG", 9)]
    [InlineData("dog clip", 9)]
    [InlineData("日本語", 9)]
    [InlineData("source 0002", 6)]
    [InlineData("\"twice\"", 9)]
    [InlineData("dog 0002", 3)]
    [InlineData("%", 0)]
    [InlineData("_", 0)]
    [InlineData("' OR 1=1 --", 0)]
    [InlineData("'; DROP TABLE clips; --", 0)]
    [InlineData("\\", 0)]
    public async Task Search_by_text_takes_every_character_for_itself(string text, int expected)
    {
        // Of six clips a source, those with an even index have a caption about a dog.
        using var dataset = await SourcesAsync(3);
        await using var browser = await OpenAsync(dataset);

        Assert.Equal(expected, await CountAsync(browser, new ClipSearch { Text = text }));
        Assert.Equal(18, await CountAsync(browser, new ClipSearch()));
    }

    [Fact]
    public async Task Search_by_text_finds_a_clip_by_its_name()
    {
        using var dataset = await SourcesAsync(2);
        await using var browser = await OpenAsync(dataset);
        var id = (await dataset.ReadClipsAsync(browser.Manifest))[3].Id;

        var page = await browser.SearchAsync(new ClipSearch { Text = id.Value[..12] }, Cancel);

        Assert.Equal([id], page.Clips.Select(clip => clip.Id));
    }

    [Fact]
    public async Task Sources_whose_address_is_no_text_are_still_found()
    {
        using var dataset = new SampleDataset();
        var source = SampleOutcomes.Source(1);
        await dataset.AddAsync(source with { SourceUri = "file:///media/%FF%FE.mp4", Clips = [.. source.Clips.Select(clip => clip with { SourceUri = "file:///media/%FF%FE.mp4" })] });
        await dataset.CommitAsync();
        await using var browser = await OpenAsync(dataset);

        Assert.Equal(6, await CountAsync(browser, new ClipSearch { Text = "media" }));
    }

    [Fact]
    public async Task Faults_of_a_search_are_all_named()
    {
        using var dataset = await SourcesAsync(1);
        await using var browser = await OpenAsync(dataset);
        var search = new ClipSearch
        {
            Ranges = [new("mosquito", 1, 2), new("snr_db", 5, 4), new("mos", double.NaN, null)],
            Without = ["clip_id"],
            Sort = "1; DROP TABLE clips",
            Text = "a\0b",
            Limit = 0,
            Offset = -1,
        };

        var fault = await Assert.ThrowsAsync<ClipSearchException>(() => browser.SearchAsync(search, Cancel));

        Assert.Equal(8, fault.Problems.Count);
        Assert.Contains("mosquito", fault.Problems[0], StringComparison.Ordinal);
        Assert.Equal(6, await CountAsync(browser, new ClipSearch()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Clips_without_a_value_come_last_in_both_directions(bool descending)
    {
        using var dataset = new SampleDataset();
        var random = new RandomClips(3);
        await dataset.AddAsync(random.Source(1, 80, random.Policy("any")));
        await dataset.CommitAsync();
        await using var browser = await OpenAsync(dataset);
        var rows = (await dataset.ReadClipsAsync(browser.Manifest)).Select(clip => (clip.Id, Value: clip.Measurements.FirstOrDefault(measurement => measurement.Name == "mos")?.Value)).ToList();
        var measured = rows.Where(row => row.Value is not null).OrderBy(row => (descending ? -1 : 1) * row.Value!.Value).ThenBy(row => row.Id.Value, StringComparer.Ordinal);
        var expected = measured.Concat(rows.Where(row => row.Value is null).OrderBy(row => row.Id.Value, StringComparer.Ordinal)).ToList();

        var page = await browser.SearchAsync(new ClipSearch { Sort = "mos", Descending = descending, Limit = 100 }, Cancel);

        Assert.InRange(rows.Count(row => row.Value is null), 1, 79);
        Assert.Equal(expected.Select(row => (row.Id, row.Value)), page.Clips.Select(clip => (clip.Id, clip.SortValue)));
    }

    [Theory]
    [InlineData("mos", true)]
    [InlineData("mos", false)]
    [InlineData(ClipSearch.SourceOrder, false)]
    [InlineData(ClipSearch.IdOrder, true)]
    [InlineData(ClipSearch.RandomOrder, false)]
    public async Task Neighbours_are_those_of_the_page(string sort, bool descending)
    {
        using var dataset = new SampleDataset();
        var random = new RandomClips(5);
        await dataset.AddAsync(random.Source(1, 30, random.Policy("any")), random.Source(2, 30, random.Policy("any")));
        await dataset.CommitAsync();
        await using var browser = await OpenAsync(dataset);
        var search = new ClipSearch { Sort = sort, Descending = descending, Limit = 100, Seed = 4 };
        var ids = (await browser.SearchAsync(search, Cancel)).Clips.Select(clip => clip.Id).ToList();

        for (var at = 0; at < ids.Count; at++)
        {
            var expected = new ClipNeighbours(at == 0 ? null : ids[at - 1], at == ids.Count - 1 ? null : ids[at + 1], at + 1, 60);
            Assert.Equal(expected, await browser.NeighboursAsync(search, ids[at], Cancel));
        }
    }

    [Fact]
    public async Task Neighbours_of_a_clip_that_the_search_does_not_find_are_none()
    {
        using var dataset = await SourcesAsync(1);
        await using var browser = await OpenAsync(dataset);
        var held = (await browser.SearchAsync(new ClipSearch { Outcome = ClipOutcome.Held }, Cancel)).Clips[0].Id;

        Assert.Equal(new ClipNeighbours(null, null, null, 4), await browser.NeighboursAsync(new ClipSearch { Outcome = ClipOutcome.Retained }, held, Cancel));
        Assert.Equal(new ClipNeighbours(null, null, null, 6), await browser.NeighboursAsync(new ClipSearch(), new ClipId("x' OR 'a'='a"), Cancel));
    }

    [Fact]
    public async Task Random_order_depends_on_the_seed_alone()
    {
        using var dataset = await SourcesAsync(3);
        await using var one = await OpenAsync(dataset);
        await using var two = await OpenAsync(dataset);

        var first = await IdsAsync(one, 1);

        Assert.Equal(first, await IdsAsync(two, 1));
        Assert.NotEqual(first, await IdsAsync(one, 2));
    }

    [Fact]
    public async Task Every_row_is_found_whole_by_its_name()
    {
        using var dataset = await SourcesAsync(5);
        await using var browser = await OpenAsync(dataset);

        foreach (var clip in await dataset.ReadClipsAsync(browser.Manifest))
        {
            var found = await browser.FindAsync(clip.Id, Cancel);
            Assert.Equal(SampleOutcomes.Print(clip), SampleOutcomes.Print(found!));
        }

        Assert.Null(await browser.FindAsync(new ClipId(new string('0', 32)), Cancel));
        Assert.Null(await browser.FindAsync(new ClipId("../../etc/passwd"), Cancel));
        Assert.Empty(await browser.FindIdsAsync("'", 2, Cancel));
    }

    [Fact]
    public async Task Siblings_are_the_clips_of_the_source_in_order_of_time()
    {
        using var dataset = await SourcesAsync(3);
        await using var browser = await OpenAsync(dataset);

        var siblings = await browser.SiblingsAsync("file:///media/source%200002.mp4", Cancel);

        // One tick after 0, 10, .. 50 s, and 9 s long.
        Assert.Equal(Enumerable.Range(0, 6).Select(index => (10.0 * index) + 1e-7), siblings.Select(clip => clip.Span.Start.TotalSeconds));
        Assert.Equal([ClipOutcome.Retained, ClipOutcome.Retained, ClipOutcome.Retained, ClipOutcome.Retained, ClipOutcome.Held, ClipOutcome.Rejected], siblings.Select(clip => clip.Outcome));
        Assert.All(siblings, clip => Assert.Equal(TimeSpan.FromSeconds(9), clip.Span.Duration));
    }

    [Fact]
    public async Task Extents_are_smallest_and_largest_values()
    {
        using var dataset = await SourcesAsync(2);
        await using var browser = await OpenAsync(dataset);

        var extents = await browser.ExtentsAsync();

        Assert.Equal(new ColumnExtent(12, 0, 0.05), extents["silence_ratio"]);
        Assert.Equal(new ColumnExtent(0, null, null), extents["mos"]);
        Assert.Equal(new ColumnExtent(12, 720, 720), extents["height"]);
    }

    [Fact]
    public async Task Disposed_browser_leaves_no_file()
    {
        using var folder = new TemporaryFolder();
        using var dataset = await SourcesAsync(1);
        await using (var browser = await ClipBrowser.OpenAsync(dataset.Store, await dataset.Reader.ReadManifestAsync(Cancel), new QueryOptions { SpillFolder = folder.Path }, Cancel))
        {
            Assert.NotEmpty(folder.Glob("*"));
            Assert.Equal(6, await CountAsync(browser, new ClipSearch()));
        }

        Assert.Empty(folder.Glob("*"));
    }

    private static async Task<SampleDataset> SourcesAsync(int count)
    {
        var dataset = new SampleDataset();
        await dataset.AddAsync([.. Enumerable.Range(1, count).Select(number => SampleOutcomes.Source(number))]);
        await dataset.CommitAsync();
        return dataset;
    }

    private static async Task<ClipBrowser> OpenAsync(SampleDataset dataset) =>
        await ClipBrowser.OpenAsync(dataset.Store, await dataset.Reader.ReadManifestAsync(Cancel), cancellationToken: Cancel);

    private static async Task<long> CountAsync(ClipBrowser browser, ClipSearch search)
    {
        var page = await browser.SearchAsync(search with { Limit = ClipSearch.MostClips }, Cancel);
        Assert.Equal(page.Total, page.Clips.Count);
        return page.Total;
    }

    private static async Task<List<ClipId>> IdsAsync(ClipBrowser browser, int seed) =>
        [.. (await browser.SearchAsync(new ClipSearch { Sort = ClipSearch.RandomOrder, Seed = seed }, Cancel)).Clips.Select(clip => clip.Id)];
}
