using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Models.Running;
using Curation.Pipeline.Modelling;
using Curation.Pipeline.Runs;

namespace Curation.Pipeline.Tests.Modelling;

public sealed class SlotStepTests
{
    // A face detector that failed once threw away the safety score that stood beside it.
    [Fact]
    public async Task Failing_slot_leaves_what_the_others_measured()
    {
        var before = State().With(Measurement.Measured("nsfw", 0.9, "vit-nsfw", "1+0"));

        var after = await SlotStep.RunAsync(before, "face", () => throw new ModelUnavailableException("bad output"));

        Assert.Equal(0.9, after.Value("nsfw"));
        Assert.Equal(("face", "model slot 'face' failed: bad output"), Assert.Single(after.Failures));
        Assert.Empty(after.Pending);
    }

    [Fact]
    public async Task Want_of_memory_may_pass_and_is_asked_again()
    {
        var after = await SlotStep.RunAsync(State(), "sync", () => throw new InsufficientMemoryException());

        Assert.Equal("sync: out of memory", Assert.Single(after.Pending));
    }

    [Fact]
    public async Task Bug_is_not_taken_for_a_models_failure()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => SlotStep.RunAsync(State(), "sync", () => throw new InvalidOperationException()));
    }

    private static ClipState State()
    {
        var span = new ClipSpan(TimeSpan.Zero, TimeSpan.FromSeconds(4));
        return new ClipState(new MeasuredClip(ClipId.From(new string('a', 64), span, PipelineVersion.Current), span, Split.Sound, [], [], [], [], null));
    }
}
