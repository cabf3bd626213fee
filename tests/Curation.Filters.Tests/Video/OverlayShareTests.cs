using Curation.Clips.Measuring;

namespace Curation.Filters.Tests.Video;

public sealed class OverlayShareTests
{
    private const double Picture = 320 * 180;

    private readonly Texture[] _scenes = [new(20, deviation: 45), new(21, mean: 90, deviation: 45), new(22, mean: 160, deviation: 45), new(23, deviation: 45)];

    [Fact]
    public void Logo_that_stays_over_changing_scenes_counts_by_its_area()
    {
        var film = Film.Of(250, i => Changing(i).Text(232, 12, 5, 1));

        // Five letters of 12 x 15 pixels; the cells of 8 pixels that it touches reach at most a cell further on every side.
        Assert.InRange(film.Value("watermark"), 0.7 * 60 * 15 / Picture, (60 + 16) * (15 + 16) / Picture);
    }

    [Fact]
    public void Changing_scenes_without_a_logo_show_none() =>
        Assert.InRange(Film.Of(250, Changing).Value("watermark"), 0, 0.002);

    [Fact]
    public void Logo_over_a_pan_is_found()
    {
        var film = Film.Of(150, i => new Canvas().Paint((x, y) => _scenes[0].At(x + 3 * i, y)).Text(24, 12, 6, 2));

        Assert.InRange(film.Value("watermark"), 0.01, 0.06);
    }

    [Fact]
    public void Subtitles_over_a_still_scene_are_found()
    {
        var film = Film.Of(250, i =>
        {
            var canvas = new Canvas().Paint(_scenes[1].At);
            return i % 60 < 50 ? canvas.Text(80, 152, 14, 100 + i / 60) : canvas;
        });

        // Fourteen letters of 12 x 15 pixels.
        var area = 14 * 12 * 15 / Picture;
        Assert.InRange(film.Value("watermark"), 0.5 * area, 2 * area);
    }

    [Fact]
    public void Still_scene_cannot_tell_and_says_why()
    {
        var measured = Film.Of(100, _ => new Canvas().Paint(_scenes[2].At).Text(232, 12, 5, 1)).Measure("watermark");

        Assert.Equal(MeasurementState.Unmeasured, measured.State);
        Assert.Contains("changes", measured.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Standing_scene_behind_a_moving_subject_is_no_watermark()
    {
        var film = Film.Of(200, i =>
        {
            var centre = 160 + 90 * Math.Sin(2 * Math.PI * i / 80.0);
            return new Canvas().Paint((x, y) => Math.Abs(x - centre) < 45 && y > 40 ? _scenes[3].At(x - centre, y) : _scenes[0].At(x, y));
        });

        Assert.InRange(film.Measure("watermark").Value ?? 0, 0, 0.01);
    }

    private Canvas Changing(int picture) => new Canvas().Paint((x, y) => _scenes[picture / 25 % 4].At(x + 2 * picture + 37 * (picture / 100), y));
}
