using Curation.Clips.Measuring;
using Curation.Filters.Video;

namespace Curation.Filters.Tests.Video;

public sealed class PictureMeasurementsTests
{
    private readonly Texture _texture = new(8);

    [Fact]
    public void Every_row_of_the_picture_group_without_a_model_is_there_in_the_catalogues_order()
    {
        var wanted = MeasurementCatalog.All.Where(row => row.Group == MeasurementGroup.Picture && row.Slot is null).Select(row => row.Name);

        Assert.Equal(wanted, PictureMeasurements.Measure([], [], new SourceOverlay(), 480).Select(row => row.Name));
    }

    [Fact]
    public void Clip_without_pictures_is_unmeasured_with_reasons()
    {
        var rows = PictureMeasurements.Measure([], [], new SourceOverlay(), 0);

        Assert.All(rows, row => Assert.Equal(MeasurementState.Unmeasured, row.State));
        Assert.All(rows, row => Assert.NotEmpty(row.Reason!));
    }

    [Fact]
    public void Single_picture_never_gives_a_number_for_what_needs_two()
    {
        var film = Film.Of(1, _ => new Canvas().Fill(100));

        foreach (var name in new[] { "motion_ratio", "camera_stability", "frozen_ratio", "effects" }) Assert.Null(film.Measure(name).Value);
    }

    [Theory]
    [InlineData(63, 102, 240)]
    [InlineData(173, 42, 26)]
    [InlineData(120, 128, 128)]
    [InlineData(120, 110, 150)]
    public void Saturation_of_a_field_follows_from_its_colour(byte luma, byte cb, byte cr)
    {
        // ITU-R BT.709 limited range to R'G'B', then (max - min) / max.
        double y = (luma - 16) / 219.0, u = (cb - 128) / 224.0, v = (cr - 128) / 224.0;
        double[] colour = [Math.Clamp(y + 1.5748 * v, 0, 1), Math.Clamp(y - 0.1873 * u - 0.4681 * v, 0, 1), Math.Clamp(y + 1.8556 * u, 0, 1)];
        var expected = (colour.Max() - colour.Min()) / colour.Max();

        Assert.Equal(expected, Film.Of(2, _ => new Canvas().Fill(luma, cb, cr)).Value("saturation"), 1e-3);
    }

    [Fact]
    public void Colourfulness_of_a_field_is_three_tenths_of_its_mean_chroma()
    {
        // Pure red at full range 255: rg = 255, yb = 127.5, no deviation; Hasler and Suesstrunk's M3 = 0.3 * sqrt(255^2 + 127.5^2) = 85.53.
        Assert.Equal(85.5, Film.Of(2, _ => new Canvas().Fill(63, 102, 240)).Value("colourfulness"), 0.2);
        Assert.Equal(0, Film.Of(2, _ => new Canvas().Fill(120)).Value("colourfulness"), 1e-3);
    }

    [Fact]
    public void Blur_lowers_sharpness_step_by_step_and_contrast_does_not_change_it()
    {
        var random = new Random(9);
        var fine = new Canvas().Fill(120).Noise(random, 30);
        double Sharpness(double sigma, double contrast) => Film.Of(2, _ => Blurred(fine, sigma, contrast)).Value("sharpness");

        double[] values = [Sharpness(0, 1), Sharpness(0.6, 1), Sharpness(1, 1), Sharpness(1.5, 1), Sharpness(2, 1)];

        Assert.Equal(values.OrderDescending(), values);
        Assert.Equal(Sharpness(1, 1), Sharpness(1, 0.5), 0.05);

        // The Laplacian of white noise has 4^2 + 4 = 20 times its variance.
        Assert.Equal(Math.Log10(20), values[0], 0.03);
    }

    [Fact]
    public void Black_ratio_is_the_share_of_black_pictures()
    {
        var film = Film.Of(40, i => i < 10 ? new Canvas().Fill(16) : new Canvas().Paint(_texture.At));

        Assert.Equal(0.25, film.Value("black_ratio"));
    }

    [Fact]
    public void Picture_with_less_than_98_per_cent_black_pixels_is_not_black()
    {
        // 3 % of 320 x 180 is 1,728 pixels: 48 x 36.
        Assert.Equal(0, Film.Of(2, _ => new Canvas().Fill(16).Rectangle(10, 10, 48, 36, 200)).Value("black_ratio"));
        Assert.Equal(1, Film.Of(2, _ => new Canvas().Fill(16).Rectangle(10, 10, 24, 36, 200)).Value("black_ratio"));
    }

    [Fact]
    public void Frozen_ratio_is_the_share_of_time_in_freezes()
    {
        // 101 pictures, 4 s; pictures 25 to 75 are the same: 2 s.
        var film = Film.Of(101, i => new Canvas().Paint((x, y) => _texture.At(x + 5 * (i <= 25 ? i : i >= 75 ? i - 50 : 25), y)));

        Assert.Equal(0.5, film.Value("frozen_ratio"), 1e-9);
    }

    [Fact]
    public void Drawings_held_for_two_pictures_are_not_frozen() =>
        Assert.Equal(0, Film.Of(50, i => new Canvas().Paint((x, y) => _texture.At(x + 5 * (i / 2), y))).Value("frozen_ratio"));

    [Theory]
    [InlineData(22, 22, 0, 0)]
    [InlineData(0, 0, 40, 40)]
    [InlineData(10, 30, 0, 0)]
    [InlineData(0, 0, 0, 0)]
    public void Border_ratio_is_the_share_of_the_bars(int top, int bottom, int left, int right)
    {
        var film = Film.Of(30, i => new Canvas().Paint((x, y) =>
            y < top || y >= 180 - bottom || x < left || x >= 320 - right ? 16 : Math.Max(60, _texture.At(x + i, y))));

        Assert.Equal(1 - (320 - left - right) * (180.0 - top - bottom) / (320 * 180), film.Value("border_ratio"), 1e-9);
    }

    [Fact]
    public void Dark_moment_in_a_full_picture_makes_no_bars() =>
        Assert.Equal(0, Film.Of(50, i => i is > 10 and < 30 ? new Canvas().Fill(16) : new Canvas().Fill(100)).Value("border_ratio"));

    private static Canvas Blurred(Canvas source, double sigma, double contrast)
    {
        var radius = (int)Math.Ceiling(3 * sigma);
        var kernel = Enumerable.Range(-radius, 2 * radius + 1).Select(k => sigma == 0 ? 1 : Math.Exp(-k * k / (2 * sigma * sigma))).ToArray();
        var total = kernel.Sum();
        double Row(int x, int y) => Enumerable.Range(-radius, kernel.Length).Sum(k => kernel[k + radius] * source.Luma[y * 320 + Math.Clamp(x + k, 0, 319)]) / total;
        var rows = new double[320 * 180];
        for (var i = 0; i < rows.Length; i++) rows[i] = Row(i % 320, i / 320);
        return new Canvas().Paint((x, y) => 120 + contrast * (Enumerable.Range(-radius, kernel.Length).Sum(k => kernel[k + radius] * rows[Math.Clamp((int)y + k, 0, 179) * 320 + (int)x]) / total - 120));
    }
}
