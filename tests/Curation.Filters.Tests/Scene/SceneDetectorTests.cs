using Curation.Filters.Scene;
using Curation.Filters.Tests.Video;

namespace Curation.Filters.Tests.Scene;

public sealed class SceneDetectorTests
{
    private readonly Texture _first = new(30, mean: 90, deviation: 30);
    private readonly Texture _second = new(31, mean: 140, deviation: 35);
    private readonly Texture _third = new(32, mean: 110, deviation: 25);

    [Fact]
    public void Hard_cuts_in_a_variable_rate_source_fall_on_the_new_scenes_first_picture()
    {
        var random = new Random(33);
        var film = new Film();
        var time = TimeSpan.FromSeconds(7.123);
        var starts = new List<TimeSpan>();
        for (var i = 0; i < 150; i++)
        {
            if (i is 50 or 100) starts.Add(time);
            var scene = i < 50 ? _first : i < 100 ? _second : _third;
            film.Show(new Canvas().Paint((x, y) => scene.At(x + i, y)), time);
            time += TimeSpan.FromSeconds(0.02 + 0.04 * random.NextDouble());
        }

        var cuts = film.Cuts();

        Assert.Equal(starts, cuts.Select(cut => cut.Time));
        Assert.All(cuts, cut => Assert.Equal(SceneCutKind.Hard, cut.Kind));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(16)]
    public void Pan_at_any_speed_is_no_cut(double pixels) =>
        Assert.Empty(Film.Of(100, i => new Canvas().Paint((x, y) => _first.At(x + pixels * i, y))).Cuts());

    [Theory]
    [InlineData(230, 1)]
    [InlineData(230, 3)]
    [InlineData(180, 2)]
    public void Flash_is_no_cut(byte luma, int pictures) =>
        Assert.Empty(Film.Of(100, i => i >= 50 && i < 50 + pictures ? new Canvas().Fill(luma) : new Canvas().Paint((x, y) => _first.At(x + i, y))).Cuts());

    [Fact]
    public void Brightness_flash_that_keeps_the_picture_is_no_cut() =>
        Assert.Empty(Film.Of(100, i => new Canvas().Paint((x, y) => _first.At(x, y) + (i is 40 or 41 ? 70 : 0))).Cuts());

    [Theory]
    [InlineData(16)]
    [InlineData(232)]
    public void Fade_through_black_or_white_is_one_cut_at_the_new_scene(byte blank)
    {
        // 40 pictures of the first, 10 down, 10 blank, 10 up, 40 of the second.
        var film = Film.Of(110, i =>
        {
            var scene = i < 55 ? _first : _second;
            var share = i < 40 ? 1 : i < 50 ? (50 - i) / 10.0 : i < 60 ? 0 : i < 70 ? (i - 59) / 11.0 : 1;
            return new Canvas().Paint((x, y) => share * scene.At(x, y) + (1 - share) * blank);
        });

        var cut = Assert.Single(film.Cuts());
        Assert.Equal(SceneCutKind.Fade, cut.Kind);
        Assert.InRange(cut.Time.TotalSeconds, 58 / 25.0, 64 / 25.0);
        Assert.InRange(cut.From.TotalSeconds, 37 / 25.0, 46 / 25.0);
        Assert.InRange(cut.To.TotalSeconds, 64 / 25.0, 73 / 25.0);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(20)]
    [InlineData(30)]
    public void Dissolve_is_one_cut_near_its_middle(int pictures)
    {
        var film = Film.Of(100 + pictures, i =>
        {
            var share = Math.Clamp((i - 50) / (double)pictures, 0, 1);
            return new Canvas().Paint((x, y) => (1 - share) * _first.At(x + 0.3 * i, y) + share * _second.At(x, y));
        });

        var cut = Assert.Single(film.Cuts());
        Assert.Equal(SceneCutKind.Dissolve, cut.Kind);
        Assert.Equal((50 + pictures / 2.0) / 25, cut.Time.TotalSeconds, 0.2);
        Assert.True(cut.From < cut.Time && cut.Time < cut.To);
    }

    [Fact]
    public void Light_that_goes_down_slowly_is_no_cut() =>
        Assert.Empty(Film.Of(120, i => new Canvas().Paint((x, y) => _second.At(x, y) * (1 - 0.4 * Math.Clamp((i - 50) / 25.0, 0, 1)))).Cuts());

    [Fact]
    public void Cuts_closer_than_the_shortest_scene_count_once()
    {
        var film = Film.Of(100, i => new Canvas().Paint(i < 40 ? _first.At : i < 52 ? _second.At : _third.At));

        Assert.Equal(40 / 25.0, Assert.Single(film.Cuts()).Time.TotalSeconds, 1e-6);
    }

    [Fact]
    public void Empty_source_has_no_cuts() => Assert.Empty(new SceneDetector(new SceneOptions()).Complete());
}
