using Curation.Models.Quality;
using Curation.Models.Running;
using Curation.Tests;

namespace Curation.Models.Tests.Quality;

public sealed class DnsMosOverlapTests
{
    [Theory]
    [InlineData(12.0, 1.0)]
    [InlineData(3.0, 1.0)]
    [InlineData(14.5, 2.0)]
    public async Task Shared_work_gives_what_whole_windows_give(double seconds, double hop)
    {
        var path = RealClips.Require("models/sig_bak_ovr.onnx");
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var device = new ModelDevice(Threads: 1);
        using var whole = OnnxGraph.Open(path, device);
        using var front = OnnxGraph.Open(path, DnsMosParts.CutFront(bytes), device);
        using var back = OnnxGraph.Open(path, DnsMosParts.CutBack(bytes), device);
        var clip = (await ClipSound.ReadAsync(RealClips.Require("clips/sound/speech-60s.wav"))).AsMemory(0, (int)(seconds * 16_000));
        var options = new DnsMosOptions { Hop = TimeSpan.FromSeconds(hop) };

        var shared = new DnsMos(whole, options, new DnsMosParts(front, back)).Measure(clip, TestContext.Current.CancellationToken)!;
        var plain = new DnsMos(whole, options).Measure(clip, TestContext.Current.CancellationToken)!;

        Assert.True(plain.Windows > 1);
        Assert.Equal(plain.Windows, shared.Windows);
        Assert.Equal(plain.Signal, shared.Signal, 1e-4);
        Assert.Equal(plain.Background, shared.Background, 1e-4);
        Assert.Equal(plain.Overall, shared.Overall, 1e-4);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Only_windows_that_overlap_gain(int windows, bool gains)
    {
        Assert.Equal(gains, DnsMosOverlap.Gains([.. Enumerable.Range(0, windows).Select(window => window * 16_000L)]));
    }

    [Fact]
    public void Windows_between_pairs_of_frames_are_run_whole()
    {
        Assert.False(DnsMosOverlap.Gains([0, 16_160]));
    }
}
