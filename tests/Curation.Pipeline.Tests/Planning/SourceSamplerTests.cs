using Curation.Pipeline.Planning;
using Curation.Pipeline.Sources;

namespace Curation.Pipeline.Tests.Planning;

public sealed class SourceSamplerTests
{
    private const string Input = "/in";

    [Fact]
    public void Sample_depends_on_sources_and_seed_and_not_on_their_order()
    {
        var sources = Enumerable.Range(0, 200).Select(number => Source($"a/{number}.mp4")).ToList();

        Assert.Equal(Names(Draw(sources, 10, seed: 1)), Names(Draw(Enumerable.Reverse(sources), 10, seed: 1)));
        Assert.NotEqual(Names(Draw(sources, 10, seed: 1)), Names(Draw(sources, 10, seed: 2)));
    }

    [Fact]
    public void Every_source_is_drawn_as_often_as_any_other()
    {
        const int Seeds = 2000;
        var sources = Enumerable.Range(0, 10).Select(number => Source($"a/{number}.mp4")).ToList();

        var drawn = Enumerable.Range(0, Seeds).SelectMany(seed => Names(Draw(sources, 3, seed))).CountBy(name => name).ToList();

        // 3 of 10 in each of 2000 drawings: 600, with a standard deviation of sqrt(2000 * 0.3 * 0.7) = 20.5.
        Assert.Equal(10, drawn.Count);
        Assert.All(drawn, source => Assert.InRange(source.Value, 600 - 90, 600 + 90));
    }

    [Fact]
    public void Strata_get_sources_by_their_bytes_and_five_at_least()
    {
        var sources = Many("large", 100, 800).Concat(Many("small", 100, 190)).Concat(Many("tiny", 100, 10));

        var design = Draw(sources, 40);

        // Five each, then one by one to the largest of bytes/(2n + 1): the 7th of the small one, 190/13, goes before the 28th of the large one, 800/55.
        Assert.Equal([("large", 28), ("small", 7), ("tiny", 5)], design.Strata.Select(stratum => (stratum.Name, stratum.Sampled.Count)));
        Assert.Equal((300, 100_000), (design.Sources, design.Bytes));
        Assert.Equal(100.0 / 28, design.WeightOf(0));
    }

    [Fact]
    public void Strata_go_by_count_where_sizes_are_not_told()
    {
        var sources = Enumerable.Range(0, 300).Select(number => Source($"{(number < 225 ? "many" : "few")}/{number}.mp4", null));

        var design = Draw(sources, 20);

        Assert.False(design.HasSizes);
        Assert.Equal([("many", 15), ("few", 5)], design.Strata.Select(stratum => (stratum.Name, stratum.Sampled.Count)));
    }

    [Fact]
    public void Small_strata_are_taken_as_one_where_five_of_each_do_not_fit()
    {
        var sources = Many("big", 10, 1000).Concat(Enumerable.Range(0, 50).SelectMany(folder => Many($"folder{folder}", 4, 1)));

        var design = Draw(sources, 15);

        // The second largest by name stands alone; the other 49 are one.
        Assert.Equal([("big", 10L), ("folder0", 4L), (SourceSampler.Others, 196L)], design.Strata.Select(stratum => (stratum.Name, stratum.Sources)));
        Assert.Equal(210, design.Sources);
        Assert.Equal(15, design.Sampled);
        Assert.All(design.Strata, stratum => Assert.True(stratum.Sampled.Count >= 4));
    }

    [Fact]
    public void Folder_for_each_of_many_sources_stays_one_stratum()
    {
        var design = Draw(Enumerable.Range(0, 5000).Select(number => Source($"folder{number}/a.mp4")), 30);

        Assert.Equal((5000, 30), (design.Sources, design.Sampled));
        Assert.True(design.Strata.Count <= 6);
    }

    [Fact]
    public void Sample_as_large_as_the_input_is_a_census()
    {
        var design = Draw(Many("a", 3, 1).Concat(Many("b", 1, 1)), 100);

        Assert.True(design.IsCensus);
        Assert.Equal(4, design.Sampled);
    }

    [Fact]
    public void Sources_that_cannot_be_opened_are_counted_apart_and_never_drawn()
    {
        var design = Draw(Many("a", 5, 1).Append(Source("a/gone.mp4", null) with { Problem = "no such file" }), 30);

        Assert.Equal((5, 1, 6), (design.Sources, design.Unreadable, design.Listed));
        Assert.Equal("no such file", Assert.Single(design.UnreadableExamples).Problem);
        Assert.True(design.HasSizes);
    }

    [Fact]
    public void One_folder_is_parted_by_containers_unless_folders_are_asked_for()
    {
        var sources = Enumerable.Range(0, 20).Select(number => Source($"{number}{(number < 5 ? ".mkv" : ".mp4")}")).ToList();

        Assert.Equal([".mp4", ".mkv"], Draw(sources, 10).Strata.Select(stratum => stratum.Name));
        Assert.Equal([SourceStratum.Top], Draw(sources, 10, kind: StratumKind.Folder).Strata.Select(stratum => stratum.Name));
    }

    [Fact]
    public void Sample_of_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new SourceSampler(Input, 1, 0, null));

    private static SampleDesign Draw(IEnumerable<SourceItem> sources, int size, int seed = 0, StratumKind? kind = null)
    {
        var sampler = new SourceSampler(Input, size, seed, kind);
        foreach (var source in sources) sampler.Offer(source);
        return sampler.Draw();
    }

    private static IEnumerable<SourceItem> Many(string folder, int count, long bytes) => Enumerable.Range(0, count).Select(number => Source($"{folder}/{number}.mp4", bytes));

    private static SourceItem Source(string path, long? bytes = 1) => new() { Uri = SourceUri.FromPath($"{Input}/{path}"), SizeBytes = bytes };

    private static IEnumerable<string> Names(SampleDesign design) => design.Strata.SelectMany(stratum => stratum.Sampled).Select(item => item.Uri).Order(StringComparer.Ordinal);
}
