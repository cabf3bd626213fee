using Curation.Models.Quality;
using Curation.Models.Running;
using Curation.Tests;
using Microsoft.ML.OnnxRuntime;

namespace Curation.Models.Tests.Quality;

public sealed class DnsMosTests
{
    private const string Model = "models/sig_bak_ovr.onnx";

    // The largest difference between one window alone and in a batch that float32 sums of another order explain.
    private const double BatchTolerance = 1e-4;

    [Fact]
    public async Task Scores_equal_the_published_polynomial_of_the_raw_outputs()
    {
        using var graph = OnnxGraph.Open(RealClips.Require(Model), new ModelDevice(Threads: 1));
        var clip = await ClipSound.ReadAsync(RealClips.Require("clips/sound/speech-jfk.flac"));

        var score = new DnsMos(graph).Measure(clip, TestContext.Current.CancellationToken);

        // Eleven seconds: windows at 0 s and 1 s (int(11 - 9.01) + 1).
        float[][] raws = [Raw(graph, clip.AsMemory(0, 144_160)), Raw(graph, clip.AsMemory(16_000, 144_160))];
        Assert.Equal(raws.Average(raw => (-0.08397278 * raw[0] * raw[0]) + (1.22083953 * raw[0]) + 0.0052439), score!.Signal, BatchTolerance);
        Assert.Equal(raws.Average(raw => (-0.13166888 * raw[1] * raw[1]) + (1.60915514 * raw[1]) - 0.39604546), score.Background, BatchTolerance);
        Assert.Equal(raws.Average(raw => (-0.06766283 * raw[2] * raw[2]) + (1.11546468 * raw[2]) + 0.04602535), score.Overall, BatchTolerance);
        Assert.Equal(2, score.Windows);
    }

    [Fact]
    public async Task Added_noise_lowers_every_score()
    {
        using var graph = OnnxGraph.Open(RealClips.Require(Model), new ModelDevice(Threads: 1));
        var clean = (await ClipSound.ReadAsync(RealClips.Require("clips/sound/speech-chinese-news.wav")))[..80_000];
        var noise = ClipSound.Noise(5, 0.1f, seed: 7);
        var noisy = clean.Zip(noise, (voice, hiss) => voice + hiss).ToArray();

        var scores = new DnsMos(graph).Measure([clean, noisy], TestContext.Current.CancellationToken);

        Assert.True(scores[0]!.Signal > scores[1]!.Signal);
        Assert.True(scores[0]!.Background > scores[1]!.Background + 0.5);
        Assert.True(scores[0]!.Overall > scores[1]!.Overall + 0.3);
    }

    [Fact]
    public async Task Clips_in_one_batch_do_not_touch_each_other()
    {
        using var graph = OnnxGraph.Open(RealClips.Require(Model), new ModelDevice(Threads: 1));
        float[] voice = (await ClipSound.ReadAsync(RealClips.Require("clips/sound/radio.wav")))[..80_000];
        var hiss = ClipSound.Noise(5, 0.2f, seed: 1);
        var mos = new DnsMos(graph, new DnsMosOptions { Batch = 2 });

        var together = mos.Measure([voice, hiss, ReadOnlyMemory<float>.Empty], TestContext.Current.CancellationToken);

        Assert.Equal(mos.Measure(voice, TestContext.Current.CancellationToken)!.Overall, together[0]!.Overall, BatchTolerance);
        Assert.Equal(mos.Measure(hiss, TestContext.Current.CancellationToken)!.Overall, together[1]!.Overall, BatchTolerance);
        Assert.Null(together[2]);
    }

    [Fact]
    public void Another_graph_is_refused_with_what_it_has_instead()
    {
        using var graph = OnnxGraph.Open(RealClips.Require("models/silero_vad_16k_op15.onnx"), new ModelDevice(Threads: 1));

        var refusal = Assert.Throws<ModelUnavailableException>(() => new DnsMos(graph)).Message;

        Assert.Contains("no input 'input_1'", refusal, StringComparison.Ordinal);
        Assert.Contains("'state' float32 [2, -1, 128]", refusal, StringComparison.Ordinal);
        Assert.Contains("no output 'Identity:0'", refusal, StringComparison.Ordinal);
    }

    private static float[] Raw(OnnxGraph graph, Memory<float> window)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, window, [1, 144_160]);
        using var outputs = graph.Run(new Dictionary<string, OrtValue> { ["input_1"] = input }, ["Identity:0"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
