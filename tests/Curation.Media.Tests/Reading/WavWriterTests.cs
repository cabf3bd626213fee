using System.Runtime.InteropServices;
using Curation.Media.Reading;
using Curation.Media.Tests.Support;

namespace Curation.Media.Tests.Reading;

public sealed class WavWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wav-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Ffmpeg_reads_back_the_samples()
    {
        var path = Path.Combine(_folder, "x.wav");
        await File.WriteAllBytesAsync(path, WavWriter.Encode([0f, 0.5f, -0.5f, 1f, -1f, 2f, -2f, float.NaN], 16000), Parts.Cancel);

        var (_, output, error) = await Ffmpeg.RunAsync("ffmpeg", ["-v", "error", "-i", path, "-f", "s16le", "-"]);
        var (_, facts, _) = await Ffmpeg.RunAsync("ffprobe", ["-v", "error", "-show_entries", "stream=codec_name,sample_rate,channels", "-of", "csv=p=0", path]);

        Assert.Empty(error);
        Assert.Equal([0, 16384, -16384, 32767, -32768, 32767, -32768, 0], MemoryMarshal.Cast<byte, short>(output).ToArray());
        Assert.Equal("pcm_s16le,16000,1", System.Text.Encoding.ASCII.GetString(facts).Trim());
    }

    [Fact]
    public async Task Two_channels_are_interleaved()
    {
        var path = Path.Combine(_folder, "x.wav");
        await File.WriteAllBytesAsync(path, WavWriter.Encode([0.25f, -0.25f, 0.5f, -0.5f], 48000, 2), Parts.Cancel);

        var (_, left, _) = await Ffmpeg.RunAsync("ffmpeg", ["-v", "error", "-i", path, "-af", "pan=mono|c0=c0", "-f", "s16le", "-"]);

        Assert.Equal([8192, 16384], MemoryMarshal.Cast<byte, short>(left).ToArray());
    }

    [Fact]
    public void Samples_that_do_not_fill_the_channels_are_refused()
    {
        Assert.Throws<ArgumentException>(() => WavWriter.Encode([1f], 48000, 2));
    }
}
