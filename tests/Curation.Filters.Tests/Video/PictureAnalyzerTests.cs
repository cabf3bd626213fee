using System.Runtime.CompilerServices;
using Curation.Filters.Video;

namespace Curation.Filters.Tests.Video;

public sealed class PictureAnalyzerTests
{
    [Fact]
    public void Record_of_a_picture_takes_at_most_200_bytes() => Assert.True(Unsafe.SizeOf<PictureFrame>() <= 200);

    [Fact]
    public void Sample_takes_at_most_10_kilobytes() => Assert.True(Unsafe.SizeOf<PictureSample>() <= 10_000);

    [Theory]
    [InlineData(31, 180)]
    [InlineData(322, 180)]
    [InlineData(321, 180)]
    [InlineData(320, 30)]
    public void Size_outside_the_range_is_refused(int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PictureAnalyzer(width, height));

    [Fact]
    public void Picture_of_another_size_is_refused() =>
        Assert.Throws<ArgumentException>(() => new PictureAnalyzer(320, 180).Analyze(new Canvas(180, 320).At(TimeSpan.Zero)));

    [Fact]
    public void Time_that_does_not_rise_is_refused()
    {
        var analyzer = new PictureAnalyzer(320, 180);
        var canvas = new Canvas().Fill(100);
        analyzer.Analyze(canvas.At(TimeSpan.FromSeconds(1)));

        Assert.Throws<ArgumentException>(() => analyzer.Analyze(canvas.At(TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public void Analysis_after_the_first_pictures_allocates_nothing()
    {
        var texture = new Texture(1);
        var canvases = Enumerable.Range(0, 4).Select(i => new Canvas().Paint((x, y) => texture.At(x + i, y))).ToArray();
        var analyzer = new PictureAnalyzer(320, 180);
        for (var i = 0; i < 30; i++) analyzer.Analyze(canvases[i % 4].At(TimeSpan.FromSeconds(i / 25.0)));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 30; i < 60; i++)
        {
            analyzer.Analyze(canvases[i % 4].At(TimeSpan.FromSeconds(i / 25.0)));
            analyzer.TryTakeSample(out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Samples_are_taken_twice_a_second()
    {
        var film = Film.Of(101, _ => new Canvas().Fill(100));

        // 0, 0.52, 1.04, ... at 25 pictures a second: eight in four seconds.
        Assert.InRange(film.Samples.Count, 8, 9);
    }

    [Theory]
    [InlineData(32, 32)]
    [InlineData(320, 320)]
    [InlineData(180, 320)]
    [InlineData(34, 318)]
    [InlineData(318, 34)]
    public void Every_size_in_range_gives_finite_numbers(int width, int height)
    {
        var texture = new Texture(2);
        var analyzer = new PictureAnalyzer(width, height);
        for (var i = 0; i < 6; i++)
        {
            var frame = analyzer.Analyze(new Canvas(width, height).Paint((x, y) => texture.At(x + 2 * i, y)).At(TimeSpan.FromSeconds(i / 10.0)));
            float[] numbers = [frame.MeanLuma, frame.LumaVariance, frame.LaplacianVariance, frame.Content, frame.Saturation, frame.Colourfulness, frame.ShiftX, frame.Zoom, frame.Rotation, frame.MovingShare, frame.FitShare];
            Assert.All(numbers, number => Assert.True(float.IsFinite(number)));
        }
    }
}
