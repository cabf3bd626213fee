using Curation.Models.Running;
using Curation.Models.Tests.Quality;
using Curation.Models.Voice;
using Curation.Tests;

namespace Curation.Models.Tests.Voice;

public sealed class SileroVadTests : IDisposable
{
    private readonly OnnxGraph _graph = OnnxGraph.Open(RealClips.Require("models/silero_vad_16k_op15.onnx"), new ModelDevice(Threads: 1));

    // Shares of speech stand in the media's own README, made with Silero VAD at 0.5.
    [Theory]
    [InlineData("clips/cartoon-logo-subtitles.mp4", 0.66)]
    [InlineData("clips/two-speakers-portrait.mp4", 0.26)]
    [InlineData("clips/dress-portrait.mp4", 0.89)]
    public async Task Share_of_speech_is_what_the_reference_found(string clip, double share)
    {
        var sound = await ClipSound.ReadAsync(RealClips.Require(clip));

        var probabilities = new SileroVad(_graph).Probabilities(sound, TestContext.Current.CancellationToken);

        Assert.Equal(share, probabilities.Count(probability => probability >= 0.5) / (double)probabilities.Length, 0.03);
    }

    [Fact]
    public async Task Speech_is_heard_and_a_dog_is_not()
    {
        var vad = new SileroVad(_graph);
        var speech = await ClipSound.ReadAsync(RealClips.Require("clips/sound/speech-jfk.flac"));
        var dog = await ClipSound.ReadAsync(RealClips.Require("clips/sound/dog.wav"));

        Assert.InRange(SpeechSegments.Ratio(vad.Segments(speech, cancellationToken: TestContext.Current.CancellationToken), speech.Length)!.Value, 0.5, 1);
        Assert.InRange(SpeechSegments.Ratio(vad.Segments(dog, cancellationToken: TestContext.Current.CancellationToken), dog.Length)!.Value, 0, 0.1);
    }

    [Fact]
    public void Silence_and_noise_hold_no_speech()
    {
        var vad = new SileroVad(_graph);

        Assert.Empty(vad.Segments(new float[48_000], cancellationToken: TestContext.Current.CancellationToken));
        Assert.Empty(vad.Segments(ClipSound.Noise(3, 0.1f, seed: 3), cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Clips_in_lockstep_give_what_each_gives_alone()
    {
        var vad = new SileroVad(_graph);
        var speech = await ClipSound.ReadAsync(RealClips.Require("clips/sound/speech-jfk.flac"));
        ReadOnlyMemory<float>[] clips = [speech.AsMemory(0, 20_000), ReadOnlyMemory<float>.Empty, speech.AsMemory(30_000, 50_001), ClipSound.Noise(1, 0.1f, seed: 3)];

        var together = vad.Probabilities(clips, TestContext.Current.CancellationToken);

        for (var i = 0; i < clips.Length; i++)
        {
            var alone = vad.Probabilities(clips[i], TestContext.Current.CancellationToken);
            Assert.Equal(alone.Length, together[i].Length);
            Assert.All(alone.Zip(together[i]), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        }
    }

    [Fact]
    public async Task A_listener_hears_what_the_whole_clip_gives()
    {
        var vad = new SileroVad(_graph);
        var speech = (await ClipSound.ReadAsync(RealClips.Require("clips/sound/speech-jfk.flac")))[..10_000];
        var listener = vad.Listen();

        var heard = speech.Chunk(512).Select(window => listener.Push(window)).ToArray();

        Assert.Equal(vad.Probabilities(speech, TestContext.Current.CancellationToken), heard);
    }

    public void Dispose() => _graph.Dispose();
}
