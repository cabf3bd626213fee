using Klear.Model.Model;
using Klear.Model.Sampling;
using Klear.Model.Tests.Model;
using Klear.Model.Text;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Sampling;

public sealed class LatentSamplerTests : IDisposable
{
    private static readonly SampleSettings OneStep = new() { Steps = 1, Solver = SampleSolver.Euler };

    private readonly KlearTransformer _model = TinyModel.Create();

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData(KlearTask.T2AV, true, true)]
    [InlineData(KlearTask.T2V, true, false)]
    [InlineData(KlearTask.T2A, false, true)]
    public void Task_gives_its_streams(KlearTask task, bool video, bool audio)
    {
        using var scope = NewDisposeScope();

        var made = LatentSampler.Sample(_model, Request(task), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(video ? [1, 6, 3, 2, 2] : null, made.Video?.shape);
        Assert.Equal(audio ? [1, 5, 7] : null, made.Audio?.shape);
    }

    [Theory]
    [InlineData(KlearTask.TI2AV)]
    [InlineData(KlearTask.I2V)]
    public void Given_picture_is_the_first_frame(KlearTask task)
    {
        using var scope = NewDisposeScope();
        var image = randn(6, 2, 2);

        var made = LatentSampler.Sample(_model, Request(task) with { Image = image }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(TinyModel.Same(image, made.Video![0].select(1, 0)));
    }

    [Fact]
    public void Seed_decides_what_is_made()
    {
        using var scope = NewDisposeScope();

        var one = Video(Seeded(1));

        Assert.True(TinyModel.Same(one, Video(Seeded(1))));
        Assert.False(TinyModel.Same(one, Video(Seeded(2))));
    }

    [Fact]
    public void Guidance_of_one_is_no_guidance_and_each_stream_has_its_own()
    {
        using var scope = NewDisposeScope();
        var request = Request(KlearTask.T2AV) with { Settings = OneStep };
        var plain = Sample(request);
        var guided = Sample(request with { Settings = OneStep with { VideoGuidance = 3 } });

        Assert.False(TinyModel.Same(plain.Video!, guided.Video!));
        Assert.True((plain.Audio! - guided.Audio!).abs().max().item<float>() < 1e-5);

        // One straight step: noise + v(none) + 3 (v(text) - v(none)).
        var none = Sample(request with { VideoText = null, AudioText = null });
        Assert.True((guided.Video! - (none.Video! + (3 * (plain.Video! - none.Video!)))).abs().max().item<float>() < 1e-3);
    }

    [Fact]
    public void Negative_text_is_what_guidance_leads_away_from()
    {
        using var scope = NewDisposeScope();
        var request = Request(KlearTask.T2AV) with { Settings = new SampleSettings { Steps = 3, VideoGuidance = 3 } };

        Assert.False(TinyModel.Same(Video(request), Video(request with { NegativeVideoText = randint(1, 50, [2, 3]) })));
    }

    [Fact]
    public void Speech_is_heard_and_guidance_leads_towards_it()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModel.Create(TinyModel.Config with { SpeechWidth = 8 });
        var request = Request(KlearTask.T2A) with { Settings = OneStep, Speech = SpeechTokens.Encode("hello") };
        Tensor Made(SampleRequest of) => LatentSampler.Sample(model, of, cancellationToken: TestContext.Current.CancellationToken).Audio!;

        var (plain, guided, none) = (Made(request), Made(request with { Settings = OneStep with { AudioGuidance = 3 } }), Made(request with { AudioText = null, Speech = null }));

        Assert.False(TinyModel.Same(plain, Made(request with { Speech = SpeechTokens.Encode("jello") })));
        Assert.True(TinyModel.Same(Made(request with { Speech = null }), Made(request with { Speech = SpeechTokens.Encode("") })));
        Assert.True((guided - (none + (3 * (plain - none)))).abs().max().item<float>() < 1e-3);
    }

    [Theory]
    [InlineData(KlearTask.TI2V, false, "needs a first picture")]
    [InlineData(KlearTask.T2V, true, "takes no first picture")]
    public void Request_that_does_not_fit_its_task_is_refused(KlearTask task, bool image, string said)
    {
        using var scope = NewDisposeScope();

        var error = Assert.Throws<ArgumentException>(() => Sample(Request(task) with { Image = image ? randn(6, 2, 2) : null }));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    private static SampleRequest Seeded(long seed) => Request(KlearTask.T2AV) with { Settings = new SampleSettings { Steps = 3, Seed = seed } };

    private static SampleRequest Request(KlearTask task)
    {
        manual_seed(8);
        return new SampleRequest { Task = task, VideoText = randint(1, 50, [4, 3]), AudioText = randint(1, 50, [5, 3]), Frames = 3, Height = 2, Width = 2, AudioFrames = 7, Settings = new SampleSettings { Steps = 3 } };
    }

    private KlearVelocity Sample(SampleRequest request) => LatentSampler.Sample(_model, request, cancellationToken: TestContext.Current.CancellationToken);

    private Tensor Video(SampleRequest request) => Sample(request).Video!;
}
