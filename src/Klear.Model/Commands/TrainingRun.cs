using System.Globalization;
using Klear.Model.Data;
using Klear.Model.Model;
using Klear.Model.Setup;
using Klear.Model.Training;
using Klear.Model.Training.Plans;
using Klear.Model.Training.State;

namespace Klear.Model.Commands;

/// <summary>Does <c>klear train</c>.</summary>
internal static class TrainingRun
{
    public const string CheckpointsFolder = "checkpoints";

    private const string LatentsFolder = "latents";
    private const int TimedSteps = 50;

    public static async Task<int> RunAsync(string config, string dataset, string output, bool resume, CancellationToken cancellationToken)
    {
        var plan = PlanFile.Load(config, ModelShape.Settings);
        var store = new CheckpointStore(Path.Combine(output, CheckpointsFolder), plan.KeepCheckpoints);
        var found = store.FindNewest();
        if (!resume && found.Newest is { } there) throw new ArgumentException($"{output} holds a run already, at step {there.Step}; add --resume to go on with it, or choose another output");

        foreach (var skipped in found.Skipped) Console.WriteLine($"Passed over {skipped.Path}: {skipped.Reason}");
        using var codecs = CodecSet.Open(plan.Encode);
        var shape = ModelShape.Of(plan, codecs);
        var cache = await OpenCacheAsync(plan, dataset, output, codecs, cancellationToken);
        var recipe = new ModelRecipe(shape, plan.Encode, cache.Identity, cache.VideoScale, cache.AudioScale);

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Training {plan.Name}: {KlearLayout.Count(shape):N0} parameters, {cache.Entries.Count} clips, {plan.Steps} steps in {plan.Stages.Count} stages."));

        // Torch's dispose scopes belong to a thread.
        return await Task.Factory.StartNew(() => Train(plan, recipe, cache, store, found.Newest, output, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private static int Train(TrainPlan plan, ModelRecipe recipe, LatentCache cache, CheckpointStore store, StoredCheckpoint? from, string output, CancellationToken cancellationToken)
    {
        using var log = RunLog.Open(output, from?.Step);
        var seconds = new Queue<double>();
        var progress = new LineProgress<TrainProgress>(step => Describe(step, seconds));
        using var trainer = new Trainer(plan, recipe, cache, store, log, progress);
        if (from is not null)
        {
            trainer.Resume(from);
            Console.WriteLine($"Going on from {from.Path}.");
        }

        try
        {
            var last = trainer.Run(cancellationToken);
            progress.Finish();
            Console.WriteLine($"Done. The last checkpoint is {last.Path}");
            Console.WriteLine($"Next:  klear generate --checkpoint {output} --prompt \"...\" --output clip.mp4");
            return ExitCodes.Done;
        }
        finally
        {
            progress.Finish();
        }
    }

    private static async Task<LatentCache> OpenCacheAsync(TrainPlan plan, string dataset, string output, CodecSet codecs, CancellationToken cancellationToken)
    {
        var isCache = File.Exists(Path.Combine(dataset, LatentIndex.FileName));
        var folder = isCache ? dataset : Path.Combine(output, LatentsFolder);
        if (!isCache) await Encoding.EncodeAsync(dataset, folder, plan.Encode, codecs, cancellationToken);

        var cache = LatentCache.Open(folder);
        var identity = cache.Identity;
        List<string> others = [];
        if (identity.VideoCodec != codecs.Video.Identity) others.Add($"video codec '{identity.VideoCodec}', the plan's is '{codecs.Video.Identity}'");
        if (identity.AudioCodec != codecs.Audio.Identity) others.Add($"audio codec '{identity.AudioCodec}', the plan's is '{codecs.Audio.Identity}'");
        if (identity.TextEncoder != codecs.TextIdentity) others.Add($"text encoder '{identity.TextEncoder}', the plan's is '{codecs.TextIdentity}'");
        if (others.Count > 0) throw new ArgumentException($"the cache {folder} was made with another {string.Join(" and another ", others)}; encode it anew with this plan");
        if (cache.Entries.Count == 0) throw new ArgumentException($"the cache {folder} holds no clips: there is nothing to train on");

        return cache;
    }

    private static string Describe(TrainProgress step, Queue<double> seconds)
    {
        seconds.Enqueue(step.StepSeconds);
        if (seconds.Count > TimedSteps) seconds.Dequeue();
        var left = TimeSpan.FromSeconds(seconds.Average() * (step.Steps - step.Step));
        return string.Create(CultureInfo.InvariantCulture,
            $"step {step.Step}/{step.Steps} · {step.Stage} · loss {step.Loss:F3} (video {Text(step.VideoLoss)}, audio {Text(step.AudioLoss)}) · gradient {step.GradientNorm:F2} · {step.TokensPerSecond:F0} tokens/s · {left:h\\:mm\\:ss} left");
    }

    private static string Text(double? loss) => loss?.ToString("F3", CultureInfo.InvariantCulture) ?? "-";
}
