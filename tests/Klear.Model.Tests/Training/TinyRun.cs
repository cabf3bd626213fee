using Curation.Clips;
using Klear.Model.Data;
using Klear.Model.Model;
using Klear.Model.Setup;
using Klear.Model.Training;
using Klear.Model.Training.Plans;
using Klear.Model.Training.State;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Training;

/// <summary>A run of a model with a few thousand parameters on invented latents.</summary>
internal sealed class TinyRun : IDisposable
{
    private static readonly LatentIdentity Identity = new() { Snapshot = "s1", VideoCodec = "v", AudioCodec = "a", TextEncoder = "t", Options = new EncodeOptions() };

    private readonly string _folder = Directory.CreateTempSubdirectory("klear-run-").FullName;

    /// <param name="speech">Whether the clips say something, on a path of its own.</param>
    public TinyRun(bool speech = false)
    {
        Shape = speech ? TinyShape with { SpeechWidth = 6 } : TinyShape;
        manual_seed(21);
        using var scope = NewDisposeScope();
        using var writer = LatentCacheWriter.Open(CacheFolder, TinyShape.VideoChannels, TinyShape.AudioChannels);
        for (var i = 0; i < 6; i++)
        {
            var plan = new ClipPlan
            {
                Key = $"clip{i}",
                Split = i % 2 == 0 ? Split.Sound : Split.Singing,
                MediaPath = "",
                Size = new PictureSize(8, 8),
                Seconds = 1,
                Pictures = 1,
                AudioFrames = 4,
                Texts = new ClipTexts("a", "b", speech ? new string('s', i % 3) + "ä" : ""),
                Caption = null,
                File = $"clips/{i}.safetensors",
                Stamp = "",
                Measurements = new Dictionary<string, double> { ["aesthetic"] = i },
            };
            LatentFile.Write(writer.PathOf(plan), "", new LatentTensors(randn(TinyShape.VideoChannels, 2, 2, 2), randn(TinyShape.AudioChannels, 4), randint(1, 50, [i % 3, 3]), randint(1, 50, [3, 3])));
            writer.Add(plan);
        }

        writer.Finish(Identity, []);
        Cache = LatentCache.Open(CacheFolder);
    }

    public static KlearConfig TinyShape { get; } = new() { Layers = 2, Hidden = 16, Heads = 2, VideoChannels = 6, AudioChannels = 5, TextBuckets = 50 };

    public static TrainPlan Plan { get; } = new("tiny", new ModelChoice("nano", new Dictionary<string, ModelSetting>()),
    [
        new StagePlan("one", 5, new Dictionary<KlearTask, double> { [KlearTask.T2AV] = 1, [KlearTask.T2V] = 1, [KlearTask.T2A] = 1, [KlearTask.TI2AV] = 1 }),
        new StagePlan("two", 4, new Dictionary<KlearTask, double> { [KlearTask.T2AV] = 1, [KlearTask.I2V] = 1 }) { Rebalance = new RebalanceRule { Every = 2 } },
    ])
    {
        Seed = 3,
        Batch = 4,
        Accumulate = 2,
        CheckpointEvery = 3,
        Ema = 0.9,
        Optimizer = new OptimizerPlan { LearningRate = 0.01 },
        Schedule = new SchedulePlan { Warmup = 2, Decay = DecayShape.Cosine },
        CaptionDropout = new CaptionDropout { Video = 0.3, Audio = 0.3 },
    };

    public LatentCache Cache { get; }

    public KlearConfig Shape { get; }

    public string CacheFolder => Path.Combine(_folder, "cache");

    public string Folder(string name) => Path.Combine(_folder, name);

    public CheckpointStore Store(string name) => new(Path.Combine(Folder(name), "checkpoints"), keep: 10);

    /// <summary>Trains to the end, or until so many steps of this process are done; goes on where the output has a checkpoint.</summary>
    public StoredCheckpoint? Train(string name, TrainPlan? plan = null, int stopAfter = int.MaxValue, Action<TrainProgress>? onStep = null)
    {
        using var stop = new CancellationTokenSource();
        var store = Store(name);
        var found = store.FindNewest().Newest;
        using var log = RunLog.Open(Folder(name), found?.Step);
        var steps = 0;
        using var trainer = new Trainer(plan ?? Plan, Recipe(Shape), Cache, store, log, new OnStep(told =>
        {
            onStep?.Invoke(told);
            if (++steps == stopAfter) stop.Cancel();
        }));
        if (found is not null) trainer.Resume(found);
        try
        {
            return trainer.Run(stop.Token);
        }
        catch (OperationCanceledException)
        {
            return store.FindNewest().Newest;
        }
    }

    public ModelRecipe Recipe(KlearConfig shape) => new(shape, new EncodePlan(), Identity, Cache.VideoScale, Cache.AudioScale);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed class OnStep(Action<TrainProgress> told) : IProgress<TrainProgress>
    {
        public void Report(TrainProgress value) => told(value);
    }
}
