using Curation.Filters.Scene;
using Curation.Models.Scenes;
using Curation.Pipeline.Modelling;

namespace Curation.Pipeline.Tests.Modelling;

public sealed class ShotCutsTests
{
    // 25 pictures a second, from second 1 on.
    private static readonly TimeSpan[] Times = [.. Enumerable.Range(0, 250).Select(At)];

    [Fact]
    public void Change_that_the_signal_missed_joins_in_order_of_time()
    {
        SceneCut[] signal = [SceneCut.Hard(At(50)), SceneCut.Hard(At(150))];

        var joined = ShotCuts.Join(signal, [new ShotChange(99, 100, 0.9)], Times);

        Assert.Equal([signal[0], SceneCut.Hard(At(100)), signal[1]], joined);
    }

    [Fact]
    public void Change_that_both_found_is_the_signals()
    {
        SceneCut[] signal = [new SceneCut(At(60), SceneCutKind.Dissolve, At(50), At(70))];

        // Inside the dissolve; around it; half a second after it.
        Assert.Equal(signal, ShotCuts.Join(signal, [new ShotChange(59, 60, 0.9)], Times));
        Assert.Equal(signal, ShotCuts.Join(signal, [new ShotChange(45, 75, 0.9)], Times));
        Assert.Equal(signal, ShotCuts.Join(signal, [new ShotChange(82, 83, 0.9)], Times));
        Assert.Equal(2, ShotCuts.Join(signal, [new ShotChange(84, 85, 0.9)], Times).Count);
    }

    [Fact]
    public void Gradual_change_leaves_its_pictures_between_the_scenes()
    {
        Assert.Equal([new SceneCut(At(106), SceneCutKind.Dissolve, At(100), At(111))], ShotCuts.Join([], [new ShotChange(100, 111, 0.9)], Times));
    }

    [Fact]
    public void No_scene_is_shorter_than_the_shortest()
    {
        // The shortest scene lasts 0.6 s, 15 pictures.
        Assert.Empty(ShotCuts.Join([], [new ShotChange(13, 14, 0.9)], Times));
        Assert.Equal([SceneCut.Hard(At(15))], ShotCuts.Join([], [new ShotChange(14, 15, 0.9), new ShotChange(28, 29, 0.9)], Times));
    }

    private static TimeSpan At(int picture) => TimeSpan.FromSeconds(1) + (TimeSpan.FromMilliseconds(40) * picture);
}
