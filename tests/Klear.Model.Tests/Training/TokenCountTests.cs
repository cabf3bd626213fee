using Klear.Model.Model;
using Klear.Model.Tests.Model;
using Klear.Model.Training;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Training;

public sealed class TokenCountTests
{
    [Fact]
    public void Tokens_of_all_streams_and_clips_are_counted()
    {
        using var scope = NewDisposeScope();
        var config = TinyModel.Config with { Patch = 2, SpeechWidth = 4 };
        var input = TinyModel.Input(config) with { Speech = ones(2, 9, dtype: ScalarType.Int64) };

        // Two clips of 3 pictures of 4 cells, 7 sounds, captions of 4 and 5 words, and 9 bytes.
        Assert.Equal(2 * (12 + 7 + 4 + 5 + 9), TokenCount.Of(config, input));
        Assert.Equal(2 * 7, TokenCount.Of(config, new KlearInput { Audio = input.Audio, Time = input.Time }));
    }
}
