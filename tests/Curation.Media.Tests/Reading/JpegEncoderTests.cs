using Curation.Media.Reading;
using Curation.Media.Tests.Support;

namespace Curation.Media.Tests.Reading;

public sealed class JpegEncoderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jpeg-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Ffmpeg_reads_back_the_colours_and_the_size()
    {
        // 48 x 16: red, green and blue squares of 16.
        var rgb = new byte[48 * 16 * 3];
        for (var i = 0; i < 48 * 16; i++) rgb[(i * 3) + (i % 48 / 16)] = 255;
        var path = Path.Combine(_folder, "x.jpg");
        await File.WriteAllBytesAsync(path, JpegEncoder.Encode(rgb, 48, 16), Parts.Cancel);

        var (_, output, _) = await Ffmpeg.RunAsync("ffmpeg", ["-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]);

        Assert.Equal(rgb.Length, output.Length);
        foreach (var x in new[] { 8, 24, 40 })
        {
            for (var c = 0; c < 3; c++) Assert.InRange(output[(((8 * 48) + x) * 3) + c], c == x / 16 ? 245 : 0, c == x / 16 ? 255 : 10);
        }
    }

    [Fact]
    public void Bytes_of_another_size_are_refused()
    {
        Assert.Throws<ArgumentException>(() => JpegEncoder.Encode(new byte[5], 1, 2));
    }
}
