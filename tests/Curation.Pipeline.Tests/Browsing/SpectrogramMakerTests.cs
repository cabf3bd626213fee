using Curation.Pipeline.Browsing;

namespace Curation.Pipeline.Tests.Browsing;

public sealed class SpectrogramMakerTests
{
    private const int Rate = 48_000;

    [Theory]
    [InlineData(440)]
    [InlineData(1000)]
    [InlineData(8000)]
    public void Sine_stands_in_its_band_at_its_level(double hz)
    {
        // Half of full scale: 20 log10(0.5) = -6.02 dB; between two bins a Hann window loses up to 1.42 dB.
        var spectrogram = Make(2, i => 0.5 * Math.Sin(2 * Math.PI * hz * i / Rate));

        var column = spectrogram.Columns / 2;
        var levels = Enumerable.Range(0, spectrogram.Rows).Select(row => spectrogram.Decibels[(column * spectrogram.Rows) + row]).ToList();
        var loudest = levels.IndexOf(levels.Max());
        var ratio = spectrogram.HighestHz / spectrogram.LowestHz;
        var band = Math.Log(hz / spectrogram.LowestHz) / Math.Log(ratio) * spectrogram.Rows;

        Assert.InRange(levels[loudest], -6.02 - 1.43, -6.02 + 0.05);
        Assert.InRange(loudest, band - 3, band + 2);
    }

    [Fact]
    public void Silence_is_the_floor_everywhere()
    {
        Assert.All(Make(1, _ => 0).Decibels, level => Assert.Equal(Spectrogram.FloorDb, level));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    [InlineData(20)]
    [InlineData(90)]
    public void Columns_cover_the_sound_and_are_not_too_many(double seconds)
    {
        var spectrogram = Make(seconds, i => Math.Sin(i));

        Assert.InRange(spectrogram.Columns * spectrogram.ColumnSeconds, seconds - 0.1, seconds + 0.1);
        Assert.InRange(spectrogram.Columns, 1, 1203);
        Assert.Equal(spectrogram.Columns * spectrogram.Rows, spectrogram.Decibels.Count);
    }

    [Fact]
    public void Click_stands_at_its_time()
    {
        // One sample at 1.5 s: only windows of 43 ms that hold it hear anything.
        var spectrogram = Make(3, i => i == Rate * 3 / 2 ? 1 : 0);

        var heard = Enumerable.Range(0, spectrogram.Columns).Where(column => spectrogram.Decibels[column * spectrogram.Rows] > Spectrogram.FloorDb).Select(column => column * spectrogram.ColumnSeconds).ToList();

        Assert.NotEmpty(heard);
        Assert.All(heard, time => Assert.InRange(time, 1.5 - 0.0215, 1.5 + 0.0215));
    }

    [Fact]
    public void Picture_has_a_pixel_for_each_column_and_band_and_is_light_where_it_is_loud()
    {
        var spectrogram = new Spectrogram(2, 2, 1, 40, 24_000, [0, Spectrogram.FloorDb, Spectrogram.FloorDb, Spectrogram.FloorDb]);

        using var picture = SkiaSharp.SKBitmap.Decode(SpectrogramPicture.Png(spectrogram));

        // The first column's first band, at the bottom left, is full scale.
        Assert.Equal((2, 2), (picture.Width, picture.Height));
        Assert.Equal(new SkiaSharp.SKColor(252, 253, 191), picture.GetPixel(0, 1));
        Assert.Equal(new SkiaSharp.SKColor(0, 0, 4), picture.GetPixel(0, 0));
        Assert.Equal(new SkiaSharp.SKColor(0, 0, 4), picture.GetPixel(1, 1));
    }

    private static Spectrogram Make(double seconds, Func<int, double> sample)
    {
        var maker = new SpectrogramMaker(seconds);
        var samples = Enumerable.Range(0, (int)(seconds * Rate)).Select(i => (float)sample(i)).ToArray();
        foreach (var part in samples.Chunk(1920)) maker.Push(part);
        return maker.Complete();
    }
}
