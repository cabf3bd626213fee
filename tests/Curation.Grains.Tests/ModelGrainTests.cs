using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Curation.Grains.Telemetry;
using Curation.Models.Quality;
using Curation.Models.Running;
using Curation.Pipeline;
using Curation.Tests;
using Orleans.Concurrency;
using Orleans.TestingHost;

namespace Curation.Grains.Tests;

/// <summary>Questions of many clips to one model, through the grain. Skipped where the small real models are not beside the repository.</summary>
public sealed class ModelGrainTests : IAsyncLifetime
{
    private const int SampleRate = 16_000;

    private InProcessTestCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await GrainCluster.StartAsync(1, silo => silo.Services.AddCurationPipeline());

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Clips_that_ask_at_once_hear_what_each_would_hear_alone()
    {
        var path = RealClips.Require("models/sig_bak_ovr.onnx");
        float[][] clips = [Tone(220), Tone(440), Tone(880)];

        var answers = await Task.WhenAll(clips.Select(clip => Ask("mos", Path.GetDirectoryName(path)!, clip, TestContext.Current.CancellationToken)));

        using var graph = OnnxGraph.Open(path, new ModelDevice(Threads: 1));
        var alone = new DnsMos(graph);
        foreach (var (clip, answer) in clips.Zip(answers))
        {
            var score = alone.Measure(clip, TestContext.Current.CancellationToken)!;
            Assert.Equal(score.Signal, answer![0], 1e-3);
            Assert.Equal(score.Background, answer[1], 1e-3);
            Assert.Equal(score.Overall, answer[2], 1e-3);
        }
    }

    [Fact]
    public async Task Batches_tell_their_size_and_how_long_each_question_waited()
    {
        var folder = Path.GetDirectoryName(RealClips.Require("models/silero_vad_16k_op15.onnx"))!;
        var (sizes, waits) = (new ConcurrentQueue<int>(), new ConcurrentQueue<double>());
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument is { Meter.Name: CurationMetrics.Name, Name: "curation.model.batch.size" or "curation.model.batch.wait" }) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((_, size, tags, _) => { if (Equals(tags[0].Value, "vad")) sizes.Enqueue(size); });
        listener.SetMeasurementEventCallback<double>((_, wait, tags, _) => { if (Equals(tags[0].Value, "vad")) waits.Enqueue(wait); });
        listener.Start();

        await Task.WhenAll(Enumerable.Range(1, 5).Select(index => Ask("vad", folder, Tone(100 * index), TestContext.Current.CancellationToken)));

        // However the five fell into batches, each is in one, and each has waited.
        Assert.Equal(5, sizes.Sum());
        Assert.Equal(5, waits.Count);
        Assert.All(waits, wait => Assert.InRange(wait, 0, 60));
    }

    [Fact]
    public async Task Question_that_is_taken_back_does_not_hurt_the_others()
    {
        var folder = Path.GetDirectoryName(RealClips.Require("models/silero_vad_16k_op15.onnx"))!;
        using var takenBack = new CancellationTokenSource();
        await takenBack.CancelAsync();

        var given = Ask("vad", folder, Tone(300), TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ask("vad", folder, Tone(300), takenBack.Token));

        // One probability for each 512 samples begun.
        Assert.Equal((SampleRate + 511) / 512, (await given)!.Length);
    }

    [Fact]
    public async Task Absent_model_answers_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("curation-models").FullName;
        try
        {
            Assert.Null(await Ask("mos", folder, Tone(440), TestContext.Current.CancellationToken));
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    private async Task<float[]?> Ask(string slot, string folder, float[] sound, CancellationToken cancellationToken) =>
        (await _cluster.Client.GetGrain<IModelGrain>($"{slot} {folder}").AskAsync(sound.AsImmutable(), cancellationToken))?.Value;

    private static float[] Tone(double hertz) => [.. Enumerable.Range(0, SampleRate).Select(sample => (float)(0.3 * Math.Sin(2 * Math.PI * hertz * sample / SampleRate)))];
}
