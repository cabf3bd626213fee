using Klear.Model.Model;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Model;

public sealed class KlearTransformerRecordedTests
{
    // The recording is in double precision. Single precision rounds by 6e-8 at each of a few dozen operations in a row; angles of time,
    // up to 1000 radians, are computed in double precision, or they alone would add 1000 x 6e-8.
    private const double Tolerance = 5e-6;

    private static readonly KlearConfig Config = new() { Layers = 2, Hidden = 16, Heads = 2, FeedForward = 2, VideoChannels = 3, Patch = 2, AudioChannels = 5, TextBuckets = 12 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Velocities_and_gradients_equal_those_of_pytorch(bool recomputes)
    {
        using var scope = NewDisposeScope();
        using var recorded = new RecordedTensors("klear-transformer", Tolerance);
        using var model = new KlearTransformer(Config) { Recomputes = recomputes };
        recorded.FillWeights(model);
        var input = new KlearInput
        {
            Video = recorded.ReadSingle("video").requires_grad_(),
            Audio = recorded.ReadSingle("audio").requires_grad_(),
            VideoText = recorded.Read("video_text"),
            AudioText = recorded.Read("audio_text"),
            Time = recorded.ReadSingle("time"),
        };

        Run("plain", input);
        Run("first_frame", input with { VideoTextKeys = recorded.Read("video_text_keys"), FirstFrameIsClean = true });

        recorded.AssertEqual("gradient_of.video", input.Video.grad);
        recorded.AssertEqual("gradient_of.audio", input.Audio.grad);
        recorded.AssertGradientsEqual(model);

        void Run(string name, KlearInput given)
        {
            var velocity = model.call(given);
            recorded.AssertEqual($"{name}.video", velocity.Video);
            recorded.AssertEqual($"{name}.audio", velocity.Audio);
            ((velocity.Video! * recorded.ReadSingle($"{name}.video.factor")).sum() + (velocity.Audio! * recorded.ReadSingle($"{name}.audio.factor")).sum()).backward();
        }
    }
}
