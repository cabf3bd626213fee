using Curation.Media.Processes;
using Curation.Media.Writing;
using Klear.Model.Model;
using Klear.Model.Sampling;
using Klear.Model.Training;
using Klear.Model.Training.State;

namespace Klear.Model.Commands;

/// <summary>Does <c>klear generate</c>.</summary>
internal static class Generation
{
    public static async Task<int> RunAsync(string checkpoint, GenerateRequest request, bool average, string output, CancellationToken cancellationToken)
    {
        Check(request, output);
        var progress = new LineProgress<double>(share => $"generating: {share * 100:F0} %");
        var (media, step) = await Task.Factory.StartNew(() => Generate(checkpoint, request, average, progress, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        progress.Finish();
        await new ClipWriter(new FfmpegTools(), TimeProvider.System).WriteAsync(output, media.Pictures, media.Sound, cancellationToken: cancellationToken);
        Console.WriteLine($"Wrote {output}: {Describe(media)}, by the model of step {step} with seed {request.Settings.Seed}.");
        return ExitCodes.Done;
    }

    private static (GeneratedMedia Media, long Step) Generate(string checkpoint, GenerateRequest request, bool average, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var stored = Find(checkpoint);
        var state = stored.ReadState<TrainState>();
        using var codecs = state.Recipe.OpenCodecs();
        using var model = new KlearTransformer(state.Recipe.Model);
        model.eval();
        using (var file = (average ? stored.OpenAverage() : null) ?? stored.OpenModel())
        {
            TensorLoad.FillExactly(file, model.named_parameters().ToDictionary(parameter => parameter.name, TorchSharp.torch.Tensor (parameter) => parameter.parameter, StringComparer.Ordinal));
        }

        return (new MediaGenerator(model, state.Recipe, codecs).Generate(request, progress, cancellationToken), stored.Step);
    }

    private static StoredCheckpoint Find(string path)
    {
        if (File.Exists(Path.Combine(path, StoredCheckpoint.StateFile))) return CheckpointStore.Open(path);

        var root = Path.Combine(path, TrainingRun.CheckpointsFolder);
        var found = new CheckpointStore(Directory.Exists(root) ? root : path).FindNewest();
        return found.Newest ?? throw new ArgumentException(found.Skipped.Count == 0
            ? $"{path} holds no checkpoint; 'klear train --output {path}' makes one"
            : $"{path} holds no whole checkpoint: {string.Join("; ", found.Skipped.Select(skipped => $"{skipped.Path}: {skipped.Reason}"))}");
    }

    private static void Check(GenerateRequest request, string output)
    {
        List<string> wrong = [];
        if (request.Task.HasText() && request.Prompt.Length == 0 && request.AudioPrompt is null && request.Speech.Length == 0) wrong.Add($"--task {request.Task.Name()} needs a --prompt");
        if (request.Speech.Length > 0 && !(request.Task.HasText() && request.Task.HasAudio())) wrong.Add($"--task {request.Task.Name()} takes no --speech: it {(request.Task.HasAudio() ? "reads no text" : "makes no sound")}");
        if (request.Task.HasImage() && request.Image is null) wrong.Add($"--task {request.Task.Name()} starts from a picture: give it with --image");
        if (!request.Task.HasImage() && request.Image is not null) wrong.Add($"--task {request.Task.Name()} takes no --image; {request.Task switch { KlearTask.T2AV => "ti2av", KlearTask.T2V => "ti2v", _ => "i2av" }} does");
        if (request.Image is { } image && !File.Exists(image)) wrong.Add($"--image {image} does not exist");
        if (request.Settings.Steps is < 1 or > 10_000) wrong.Add($"--steps is {request.Settings.Steps}; 1 to 10000 are possible");
        if (!(request.Settings.Shift is > 0 and <= 100)) wrong.Add($"--shift is {request.Settings.Shift}; above 0 and at most 100 is possible");
        if (!double.IsFinite(request.Settings.VideoGuidance) || !double.IsFinite(request.Settings.AudioGuidance)) wrong.Add("guidance is a finite number");
        if (request.Seconds is { } seconds && !(seconds is > 0 and <= 600)) wrong.Add($"--seconds is {seconds}; above 0 and at most 600 is possible");
        if (Path.GetExtension(output) != ".mp4") wrong.Add($"--output is {output}; a name that ends in .mp4 is needed");
        if (wrong.Count > 0) throw new ArgumentException(string.Join(Environment.NewLine + "klear: ", wrong));
    }

    private static string Describe(GeneratedMedia media) => string.Join(" and ", new[]
    {
        media.Pictures is { } pictures ? $"{pictures.Count} pictures of {pictures.Width}x{pictures.Height}" : null,
        media.Sound is { } sound ? FormattableString.Invariant($"{(double)sound.Samples.Length / sound.Rate:F2} s of sound") : null,
    }.OfType<string>());
}
