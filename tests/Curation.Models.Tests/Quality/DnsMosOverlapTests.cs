using Curation.Models.Quality;
using Curation.Models.Running;
using Curation.Tests;

namespace Curation.Models.Tests.Quality;

public sealed class DnsMosOverlapTests
{
    // The whole graph is the oracle. Clips of several windows, of one, looped at whole frames (3 s) and between frames (6.01 s), and hops between frames.
    [Theory]
    [InlineData("speech", 12.0, 1.0)]
    [InlineData("speech", 3.0, 1.0)]
    [InlineData("speech", 6.01, 1.0)]
    [InlineData("speech", 9.01, 1.0)]
    [InlineData("speech", 14.5, 2.0)]
    [InlineData("speech", 11.5, 1.01)]
    [InlineData("silence", 10.0, 1.0)]
    [InlineData("noise", 10.0, 1.0)]
    public async Task Shared_work_gives_what_whole_windows_give(string sound, double seconds, double hop)
    {
        var path = RealClips.Require("models/sig_bak_ovr.onnx");
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var device = new ModelDevice(Threads: 1);
        using var whole = OnnxGraph.Open(path, device);
        using var spectrum = OnnxGraph.Open(path, DnsMosParts.CutSpectrum(bytes), device);
        using var head = OnnxGraph.Open(path, DnsMosParts.CutHead(bytes), device);
        var samples = (int)(seconds * DnsMosWindows.SampleRate);
        var clip = sound switch
        {
            "speech" => (await ClipSound.ReadAsync(RealClips.Require("clips/sound/speech-60s.wav")))[..samples],
            "noise" => ClipSound.Noise(seconds, 1, seed: 7),
            _ => new float[samples],
        };
        var options = new DnsMosOptions { Hop = TimeSpan.FromSeconds(hop) };

        var shared = new DnsMos(whole, options, new DnsMosParts(spectrum, DnsMosLayers.Read(bytes), head)).Measure(clip, TestContext.Current.CancellationToken)!;
        var plain = new DnsMos(whole, options).Measure(clip, TestContext.Current.CancellationToken)!;

        Assert.Equal(plain.Windows, shared.Windows);
        Assert.Equal(plain.Signal, shared.Signal, 1e-4);
        Assert.Equal(plain.Background, shared.Background, 1e-4);
        Assert.Equal(plain.Overall, shared.Overall, 1e-4);
    }
}
