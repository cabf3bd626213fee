namespace Curation.Filters.Tests.Video;

public sealed class CameraMotionTests
{
    private readonly Texture _background = new(3);
    private readonly Texture _subject = new(4, mean: 150);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(-2, 1.5)]
    [InlineData(6, 2)]
    public void Pan_of_known_speed_is_fitted_and_stable_and_nothing_moves(double right, double down)
    {
        var film = Film.Of(50, i => new Canvas().Paint((x, y) => _background.At(x + right * i, y + down * i)));

        // The camera moves right, so the content moves left by so many pixels a picture; pairs span two pictures at 25 a second.
        foreach (var frame in film.Frames.Where(frame => frame.HasMotion))
        {
            Assert.Equal(-2 * right / 320, frame.ShiftX, 0.1 / 320);
            Assert.Equal(-2 * down / 320, frame.ShiftY, 0.1 / 320);
        }

        Assert.InRange(film.Value("motion_ratio"), 0, 0.005);
        Assert.InRange(film.Value("camera_stability"), 0.95, 1);
    }

    [Fact]
    public void Zoom_is_fitted_and_stable()
    {
        var film = Film.Of(50, i =>
        {
            var scale = Math.Pow(0.99, i);
            return new Canvas().Paint((x, y) => _background.At(scale * (x - 159.5) + 200, scale * (y - 89.5) + 200));
        });

        // One per cent a picture, two pictures a pair: 1 - 0.99^2.
        Assert.All(film.Frames.Where(frame => frame.HasMotion), frame => Assert.Equal(0.0199, frame.Zoom, 0.002));
        Assert.InRange(film.Value("camera_stability"), 0.9, 1);
        Assert.InRange(film.Value("motion_ratio"), 0, 0.02);
    }

    [Fact]
    public void Shake_of_several_hertz_is_unstable_and_grows_worse_with_its_size()
    {
        double Stability(double pixels) => Film.Of(75, i => new Canvas().Paint((x, y) =>
            _background.At(x + pixels * Math.Sin(2 * Math.PI * 3 * i / 25), y + pixels * Math.Cos(2 * Math.PI * 2.3 * i / 25)))).Value("camera_stability");

        double none = Stability(0), little = Stability(1), much = Stability(6);

        Assert.InRange(none, 0.99, 1);
        Assert.True(none > little && little > much);
        Assert.InRange(much, 0, 0.35);
    }

    [Fact]
    public void Random_jitter_is_unstable()
    {
        var random = new Random(5);
        var film = Film.Of(75, _ =>
        {
            double right = 12 * random.NextDouble() - 6, down = 12 * random.NextDouble() - 6;
            return new Canvas().Paint((x, y) => _background.At(x + right, y + down));
        });

        Assert.InRange(film.Value("camera_stability"), 0, 0.4);
    }

    [Theory]
    [InlineData(40, 0)]
    [InlineData(25, 0)]
    [InlineData(40, 2)]
    public void Disc_that_moves_on_its_own_counts_by_its_area(double radius, double pan)
    {
        var film = Film.Of(50, i =>
        {
            double centreX = 160 + 50 * Math.Sin(2 * Math.PI * i / 40.0), centreY = 90;
            return new Canvas().Paint((x, y) => (x - centreX) * (x - centreX) + (y - centreY) * (y - centreY) <= radius * radius
                ? _subject.At(x - centreX, y)
                : _background.At(x + pan * i, y));
        });

        // At most the disc, half a block and the smoothing (5 pixels) around it, and what it uncovers: its width times its mean way in a pair,
        // 50 pixels * 2 pi / 40 * 2 pictures * 2 / pi = 10 pixels. At the turning points it stands.
        const double Picture = 320 * 180;
        Assert.InRange(film.Value("motion_ratio"), 0.75 * Math.PI * radius * radius / Picture, (Math.PI * (radius + 5) * (radius + 5) + 2 * radius * 10) / Picture);
    }

    [Fact]
    public void Noise_alone_is_no_motion()
    {
        var random = new Random(6);
        var film = Film.Of(30, _ => new Canvas().Paint(_background.At).Noise(random, 4));

        Assert.InRange(film.Value("motion_ratio"), 0, 0.01);
        Assert.InRange(film.Value("camera_stability"), 0.95, 1);
    }

    [Fact]
    public void Still_slide_does_not_move()
    {
        var film = Film.Of(30, _ => new Canvas().Fill(230).Text(40, 40, 18, 1).Text(40, 80, 12, 2));

        Assert.Equal(0, film.Value("motion_ratio"));
        Assert.InRange(film.Value("camera_stability"), 0.999, 1);
    }

    [Fact]
    public void Light_that_changes_is_no_motion()
    {
        var film = Film.Of(50, i => new Canvas().Paint((x, y) => _background.At(x, y) + i % 20));

        Assert.InRange(film.Value("motion_ratio"), 0, 0.02);
    }

    [Fact]
    public void Clip_does_not_count_motion_against_pictures_before_it()
    {
        var other = new Texture(7);
        var film = Film.Of(60, i => new Canvas().Paint(i < 30 ? _background.At : other.At));
        var clip = film.Frames.Skip(30).ToArray();

        var motion = Filters.Video.PictureMeasurements.Measure(clip, film.Samples.ToArray(), film.Overlay, 480).Single(m => m.Name == "motion_ratio");

        Assert.Equal(0, motion.Value);
    }
}
