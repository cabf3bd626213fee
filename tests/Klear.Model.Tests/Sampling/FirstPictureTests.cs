using Klear.Model.Data;
using Klear.Model.Sampling;
using SkiaSharp;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Sampling;

public sealed class FirstPictureTests : IDisposable
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("klear-picture-").FullName, "picture.png");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Fact]
    public void Colours_are_red_green_blue_from_minus_one_to_one()
    {
        using var scope = NewDisposeScope();
        Draw(16, 16, canvas => canvas.Clear(new SKColor(255, 0, 128)));

        var picture = FirstPicture.Read(_file, new PictureSize(16, 16));

        Assert.Equal([1, 3, 1, 16, 16], picture.shape);
        Assert.Equal(1, picture[0, 0, 0, 3, 3].item<float>(), 3);
        Assert.Equal(-1, picture[0, 1, 0, 3, 3].item<float>(), 3);
        Assert.Equal((128 / 127.5) - 1, picture[0, 2, 0, 3, 3].item<float>(), 3);
    }

    [Fact]
    public void Wide_picture_is_cut_around_its_centre()
    {
        using var scope = NewDisposeScope();

        // Black, a white square in the middle, black.
        Draw(48, 16, canvas =>
        {
            canvas.Clear(SKColors.Black);
            using var white = new SKPaint { Color = SKColors.White };
            canvas.DrawRect(16, 0, 16, 16, white);
        });

        Assert.Equal(1, FirstPicture.Read(_file, new PictureSize(16, 16)).min().item<float>(), 3);
    }

    [Fact]
    public void File_that_is_no_picture_is_refused_by_name()
    {
        File.WriteAllText(_file, "no picture");

        var error = Assert.Throws<ArgumentException>(() => FirstPicture.Read(_file, new PictureSize(16, 16)));

        Assert.Contains(_file, error.Message, StringComparison.Ordinal);
    }

    private void Draw(int width, int height, Action<SKCanvas> draw)
    {
        using var bitmap = new SKBitmap(width, height);
        using (var canvas = new SKCanvas(bitmap)) draw(canvas);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        File.WriteAllBytes(_file, data.ToArray());
    }
}
