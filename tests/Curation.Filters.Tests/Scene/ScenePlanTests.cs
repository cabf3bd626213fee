using Curation.Clips;
using Curation.Filters.Scene;

namespace Curation.Filters.Tests.Scene;

public sealed class ScenePlanTests
{
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan[] Times = [.. Enumerable.Range(0, 3000).Select(i => TimeSpan.FromTicks(i * 400_000L))];

    [Fact]
    public void Scenes_follow_each_other_without_gaps_or_overlaps_and_short_ones_stay()
    {
        var spans = Split([SceneCut.Hard(Seconds(5)), SceneCut.Hard(Seconds(6))], 15);

        Assert.Equal([new ClipSpan(Seconds(0), Seconds(5)), new ClipSpan(Seconds(5), Seconds(6)), new ClipSpan(Seconds(6), Seconds(15))], spans);
    }

    [Fact]
    public void Scene_of_exactly_the_maximum_is_one_clip() => Assert.Single(Split([], 20));

    [Theory]
    [InlineData(20.04, 2)]
    [InlineData(50, 3)]
    [InlineData(120, 6)]
    public void Long_scene_is_cut_into_equal_parts_on_picture_times(double seconds, int parts)
    {
        var spans = Split([], seconds);

        Assert.Equal(parts, spans.Count);
        Assert.All(spans, span => Assert.True(span.Duration <= Max));
        Assert.All(spans, span => Assert.Equal(seconds / parts, span.Duration.TotalSeconds, 0.0401));
        Assert.All(spans.Skip(1), span => Assert.Contains(span.Start, Times));
        for (var i = 1; i < spans.Count; i++) Assert.Equal(spans[i - 1].End, spans[i].Start);
        Assert.Equal((Seconds(0), Seconds(seconds)), (spans[0].Start, spans[^1].End));
    }

    [Fact]
    public void Mixed_pictures_of_a_dissolve_lie_in_no_clip()
    {
        var spans = Split([new SceneCut(Seconds(5), SceneCutKind.Dissolve, Seconds(4.5), Seconds(5.5))], 10);

        Assert.Equal([new ClipSpan(Seconds(0), Seconds(4.5)), new ClipSpan(Seconds(5.5), Seconds(10))], spans);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromTicks((long)Math.Round(seconds * 1e7));

    private static IReadOnlyList<ClipSpan> Split(SceneCut[] cuts, double end) => ScenePlan.Split(cuts, TimeSpan.Zero, Seconds(end), Times, Max);
}
