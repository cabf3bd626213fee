using Curation.Clips;
using Curation.Media;
using Curation.Media.Probing;
using Curation.Media.Processes;
using Klear.Model.Commands;
using Klear.Model.Model;
using Klear.Model.Sampling;
using Klear.Model.Tests.Data;
using SkiaSharp;

namespace Klear.Model.Tests.EndToEnd;

/// <summary>The commands on a data set of two small clips, with a model that learns nothing in its few steps.</summary>
public sealed class KlearCommandsTests : IAsyncLifetime
{
    private const string Plan = """
        name: tiny
        model: { preset: nano, layers: 1, hidden: 32, heads: 2 }
        encode: { seconds: [1] }
        batch: 2
        checkpoint_every: 2
        stages: [{ name: all, steps: 3, tasks: { t2av: 1, ti2v: 1 } }]
        """;

    private const string Spoken = """
        name: tiny
        model: { preset: nano, layers: 1, hidden: 32, heads: 2, speech_width: 16 }
        encode: { seconds: [1], text: { speech: bytes, speech_bytes: 20 } }
        batch: 2
        checkpoint_every: 2
        ema: 0
        optimizer: { learning_rate: 0.05 }
        stages: [{ name: all, steps: 3, tasks: { t2av: 1 } }]
        """;

    private readonly TripletFolder _folder = new();

    private string Output => Path.Combine(Path.GetDirectoryName(_folder.Cache)!, "model");

    private string Config => Path.Combine(Path.GetDirectoryName(_folder.Cache)!, "plan.yaml");

    public async ValueTask InitializeAsync()
    {
        await _folder.AddAsync(change: clip => clip with { Split = Split.SingleSpeech, Transcript = "hello there, how are you" });
        await _folder.AddAsync();
        await _folder.CommitAsync();
        await File.WriteAllTextAsync(Config, Plan, TripletFolder.Cancel);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Data_set_becomes_a_model_that_makes_pictures_with_sound()
    {
        Assert.Equal(ExitCodes.Done, await TrainAsync(resume: false));
        var image = Path.Combine(Output, "first.png");
        using (var bitmap = new SKBitmap(64, 64))
        using (var png = bitmap.Encode(SKEncodedImageFormat.Png, 100))
        {
            await File.WriteAllBytesAsync(image, png.ToArray(), TripletFolder.Cancel);
        }

        var both = await ProbeAsync(await GenerateAsync(new GenerateRequest { Task = KlearTask.T2AV, Prompt = "grey", Settings = new SampleSettings { Steps = 2 } }));
        var silent = await GenerateAsync(new GenerateRequest { Task = KlearTask.I2V, Image = image, Settings = new SampleSettings { Steps = 2 } });

        // 1 s at 8 pictures a second is 9 pictures, and 43 frames of 1024 samples.
        Assert.Equal((64, 64), (both.Video.Width, both.Video.Height));
        Assert.InRange(both.Audio.Duration!.Value.TotalSeconds, 0.95, 1.1);
        Assert.StartsWith("no sound", (await Assert.ThrowsAsync<MediaException>(() => ProbeAsync(silent))).Message, StringComparison.Ordinal);
        Assert.Equal(3, File.ReadLines(Path.Combine(Output, "metrics.jsonl")).Count());
    }

    [Fact]
    public async Task Model_with_a_path_of_speech_says_what_is_asked_for()
    {
        await File.WriteAllTextAsync(Config, Spoken, TripletFolder.Cancel);
        Assert.Equal(ExitCodes.Done, await TrainAsync(resume: false));

        var request = new GenerateRequest { Task = KlearTask.T2AV, Prompt = "grey", Speech = "hello", Settings = new SampleSettings { Steps = 2 } };
        var said = await File.ReadAllBytesAsync(await GenerateAsync(request), TripletFolder.Cancel);
        var again = await File.ReadAllBytesAsync(await GenerateAsync(request), TripletFolder.Cancel);
        var other = await File.ReadAllBytesAsync(await GenerateAsync(request with { Speech = "jolly" }), TripletFolder.Cancel);
        var tooLong = await Assert.ThrowsAsync<ArgumentException>(() => GenerateAsync(request with { Speech = "hello hello, how are you" }));

        Assert.Equal(said, again);
        Assert.NotEqual(said, other);
        Assert.Contains("24 bytes", tooLong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Speech_for_a_model_without_a_path_for_it_goes_with_the_sounds_prompt()
    {
        await File.WriteAllTextAsync(Config, Plan.Replace("batch: 2", "batch: 2\nema: 0\noptimizer: { learning_rate: 0.05 }", StringComparison.Ordinal), TripletFolder.Cancel);
        await TrainAsync(resume: false);

        var request = new GenerateRequest { Task = KlearTask.T2A, AudioPrompt = "a tone", Settings = new SampleSettings { Steps = 2 } };
        var said = await File.ReadAllBytesAsync(await GenerateAsync(request with { Speech = "hello" }), TripletFolder.Cancel);
        var written = await File.ReadAllBytesAsync(await GenerateAsync(request with { AudioPrompt = "a tone Speech: \"hello\"" }), TripletFolder.Cancel);
        var silent = await File.ReadAllBytesAsync(await GenerateAsync(request), TripletFolder.Cancel);

        Assert.Equal(written, said);
        Assert.NotEqual(silent, said);
    }

    [Fact]
    public async Task Cache_with_speech_in_its_captions_is_refused_for_a_plan_that_keeps_it_apart()
    {
        await Encoding.RunAsync(_folder.Dataset, _folder.Cache, Config, TripletFolder.Cancel);
        await File.WriteAllTextAsync(Config, Spoken, TripletFolder.Cancel);

        var error = await Assert.ThrowsAsync<ArgumentException>(() => TrainingRun.RunAsync(Config, _folder.Cache, Output, false, TripletFolder.Cancel));

        Assert.Contains("speech apart: utf8-bytes/1 bytes=20", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t2v", "makes no sound")]
    [InlineData("i2av", "reads no text")]
    public async Task Speech_for_a_task_that_cannot_say_it_is_refused(string task, string said)
    {
        var (error, before) = (new StringWriter(), Console.Error);
        Console.SetError(error);
        try
        {
            Assert.Equal(ExitCodes.Wrong, await GenerateCommand.Create().Parse(["--checkpoint", Output, "--task", task, "--prompt", "grey", "--speech", "hello", "--output", "out.mp4"]).InvokeAsync(cancellationToken: TripletFolder.Cancel));
        }
        finally
        {
            Console.SetError(before);
        }

        Assert.Contains($"--task {task} takes no --speech: it {said}", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_that_is_there_is_not_overwritten_by_chance()
    {
        await TrainAsync(resume: false);

        var error = await Assert.ThrowsAsync<ArgumentException>(() => TrainAsync(resume: false));

        Assert.Contains("--resume", error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, await TrainAsync(resume: true));
    }

    [Fact]
    public async Task Cache_of_other_codecs_is_refused()
    {
        await Encoding.RunAsync(_folder.Dataset, _folder.Cache, Config, TripletFolder.Cancel);
        await File.WriteAllTextAsync(Config, Plan.Replace("seconds: [1]", "seconds: [1], video: { channels: 50 }", StringComparison.Ordinal), TripletFolder.Cancel);

        var error = await Assert.ThrowsAsync<ArgumentException>(() => TrainingRun.RunAsync(Config, _folder.Cache, Output, false, TripletFolder.Cancel));

        Assert.Contains("channels=96", error.Message, StringComparison.Ordinal);
        Assert.Contains("channels=50", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(KlearTask.TI2V, "--image")]
    [InlineData(KlearTask.T2V, "--prompt")]
    public async Task Request_that_lacks_something_says_what(KlearTask task, string option)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Generation.RunAsync(Output, new GenerateRequest { Task = task }, true, "out.mp4", TripletFolder.Cancel));

        Assert.Contains(option, error.Message, StringComparison.Ordinal);
    }

    private Task<int> TrainAsync(bool resume) => TrainingRun.RunAsync(Config, _folder.Dataset, Output, resume, TripletFolder.Cancel);

    private async Task<string> GenerateAsync(GenerateRequest request)
    {
        var file = Path.Combine(Output, $"{request.Task.Name()}.mp4");
        Assert.Equal(ExitCodes.Done, await Generation.RunAsync(Output, request, true, file, TripletFolder.Cancel));
        return file;
    }

    private static Task<SourceInfo> ProbeAsync(string file) => new MediaProbe(new FfmpegTools(), TimeProvider.System).ProbeAsync(file, TripletFolder.Cancel);
}
