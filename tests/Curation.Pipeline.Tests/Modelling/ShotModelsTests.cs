using System.Diagnostics;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Models.Checkpoints;
using Curation.Models.Graphs;
using Curation.Pipeline.Modelling;
using Curation.Pipeline.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Pipeline.Tests.Modelling;

/// <summary>Four seconds of grey that grows lighter by six levels after two: too little for the signal.</summary>
public sealed class ShotModelsTests : IAsyncDisposable
{
    private static readonly ClipSpan Whole = new(TimeSpan.Zero, TimeSpan.FromSeconds(4));
    private static readonly TimeSpan Middle = TimeSpan.FromSeconds(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("curation-shots").FullName;
    private readonly ServiceProvider _services = new ServiceCollection().AddCurationPipeline().BuildServiceProvider();

    [Fact]
    public async Task Changes_of_shot_split_where_the_signal_sees_none()
    {
        var source = MakeSource();

        var alone = await AnalyseAsync(source, models: null);
        var helped = await AnalyseAsync(source, MakeModels("jumps", Jumps));

        Assert.Equal([Whole], alone.Clips.Select(clip => clip.Span));
        Assert.Equal([new ClipSpan(TimeSpan.Zero, Middle), new ClipSpan(Middle, Whole.End)], helped.Clips.Select(clip => clip.Span));
        Assert.Equal(1, helped.DecodePasses);
        Assert.All(helped.Clips, clip => Assert.Null(clip.ShotFailure));
    }

    [Fact]
    public async Task Another_model_analyses_again_and_the_same_does_not()
    {
        var source = MakeSource();
        var jumps = MakeModels("jumps", Jumps);
        await AnalyseAsync(source, models: null);
        await AnalyseAsync(source, jumps);

        var (without, same, other) = (await AnalyseAsync(source, models: null), await AnalyseAsync(source, jumps), await AnalyseAsync(source, MakeModels("nothing", Nothing)));

        Assert.Equal((0, 1), (without.DecodePasses, without.Clips.Count));
        Assert.Equal((0, 2), (same.DecodePasses, same.Clips.Count));
        Assert.Equal((1, 1), (other.DecodePasses, other.Clips.Count));
    }

    [Fact]
    public async Task Model_that_fails_leaves_the_signals_scenes_and_is_no_answer_for_another_run()
    {
        var source = MakeSource();
        var models = MakeModels("broken", NotFinite);

        var first = await AnalyseAsync(source, models);
        var second = await AnalyseAsync(source, models);

        var clip = Assert.Single(first.Clips);
        Assert.Equal(Whole, clip.Span);
        Assert.Contains("not finite", clip.ShotFailure!.Reason, StringComparison.Ordinal);
        Assert.Equal(("scene", clip.ShotFailure.Reason), Assert.Single(ClipState.Of(clip).Failures));
        Assert.Equal(1, second.DecodePasses);
    }

    [Fact]
    public async Task Model_of_another_shape_leaves_the_signals_scenes()
    {
        var models = MakeModels("other", builder => builder.Output("output", builder.Cast(builder.Input("frames", ElementType.U8, 1, 50, 27, 48, 3), ElementType.F32), 1, 50, 27, 48, 3));

        var source = await AnalyseAsync(MakeSource(), models);

        Assert.Equal([Whole], source.Clips.Select(clip => clip.Span));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<AnalysedSource> AnalyseAsync(string source, string? models)
    {
        var stop = TestContext.Current.CancellationToken;
        var pipeline = _services.GetRequiredService<ICuratePipeline>();
        var plan = new RunPlan(Guid.NewGuid().ToString(), source, Path.Combine(_folder, "out"), new Policy("none") { Sha256 = new string('0', 64) })
        {
            ModelsFolder = models,
            Models = models is null ? [] : (await ModelInventory.TakeAsync(models, stop)).Models,
        };
        await foreach (var item in pipeline.ListAsync(plan, stop))
        {
            return await pipeline.AnalyseAsync(plan, await pipeline.BeginAsync(plan, item, stop), new Progress<double>(), stop);
        }

        throw new InvalidOperationException("no source");
    }

    private string MakeSource()
    {
        var path = Path.Combine(_folder, "grey.mp4");
        var ffmpeg = new ProcessStartInfo("ffmpeg") { RedirectStandardError = true };
        string[] arguments =
        [
            "-v", "error", "-f", "lavfi", "-i", "color=c=0x606060:s=320x180:r=25:d=2", "-f", "lavfi", "-i", "color=c=0x666666:s=320x180:r=25:d=2", "-f", "lavfi", "-i", "sine=d=4",
            "-filter_complex", "[0][1]concat=n=2[v]", "-map", "[v]", "-map", "2", "-c:v", "libx264", "-crf", "10", "-pix_fmt", "yuv420p", "-c:a", "aac", path,
        ];
        foreach (var argument in arguments) ffmpeg.ArgumentList.Add(argument);
        using var process = Process.Start(ffmpeg)!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
        return path;
    }

    private string MakeModels(string name, Action<GraphBuilder> build)
    {
        var models = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.Combine(models, "scene"));
        var builder = new GraphBuilder(name);
        build(builder);
        OnnxWriter.Write(builder, Path.Combine(models, "scene", "transnetv2.onnx"));
        return models;
    }

    // With d the step of the mean brightness from a picture to the next, d² / (d² + 4): 0.9 for six levels, less than half below two.
    private static void Jumps(GraphBuilder builder)
    {
        var brightness = builder.Mean(Pictures(builder), keep: false, 2, 3, 4);
        var next = builder.Concat(1, builder.Slice(brightness, 1, 1, 100), builder.Slice(brightness, 1, 99, 100));
        var step = builder.Subtract(next, brightness);
        var square = builder.Multiply(step, step);
        builder.Output("output", builder.Unsqueeze(builder.Divide(square, builder.Add(square, builder.Number(4))), 2), 1, 100, 1);
    }

    private static void Nothing(GraphBuilder builder) =>
        builder.Output("output", builder.Multiply(builder.Mean(Pictures(builder), keep: false, 2, 3, 4), builder.Number(0)), 1, 100);

    private static void NotFinite(GraphBuilder builder)
    {
        var zero = builder.Multiply(builder.Mean(Pictures(builder), keep: false, 2, 3, 4), builder.Number(0));
        builder.Output("output", builder.Divide(zero, zero), 1, 100);
    }

    private static GraphTensor Pictures(GraphBuilder builder) => builder.Cast(builder.Input("frames", ElementType.U8, 1, 100, 27, 48, 3), ElementType.F32);
}
