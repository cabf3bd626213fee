using Klear.Model.Model;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Model;

public sealed class MixedRopeTests
{
    private static readonly KlearConfig Config = TinyModel.Config with { VideoFramesPerSecond = 2, AudioFramesPerSecond = 8, IdsPerSecond = 16 };

    // Figure 2(d) of the paper: three pictures at 0, 1, 2 and sound at 3, 4, 5.
    [Theory]
    [InlineData(RopeArrangement.Sequential, new double[] { 0, 1, 2 }, new double[] { 3, 4, 5 })]
    [InlineData(RopeArrangement.Scaled, new double[] { 0, 1, 2 }, new double[] { 0, 1, 2 })]
    [InlineData(RopeArrangement.Seconds, new double[] { 0, 8, 16 }, new double[] { 0, 2, 4 })]
    public void Ids_of_three_pictures_and_three_sounds_are_as_documented(RopeArrangement rope, double[] video, double[] audio)
    {
        using var scope = NewDisposeScope();
        var config = Config with { Rope = rope };

        Assert.Equal(video, MixedRope.VideoIds(config, 3, 1, 1).select(1, 0).data<double>());
        Assert.Equal(audio, MixedRope.AudioIds(config, 3, 3).select(1, 0).data<double>());
    }

    [Fact]
    public void Scaled_sound_spans_the_time_of_the_pictures()
    {
        using var scope = NewDisposeScope();

        Assert.Equal([0, 0.5, 1, 1.5], MixedRope.AudioIds(Config with { Rope = RopeArrangement.Scaled }, 4, 2).select(1, 0).data<double>());
    }

    [Fact]
    public void Pictures_count_rows_and_columns_and_sound_does_not()
    {
        using var scope = NewDisposeScope();

        var ids = MixedRope.VideoIds(Config, 2, 2, 3);

        Assert.Equal([1, 1, 2], ids[11].data<double>());
        Assert.Equal([0, 1, 0], ids[3].data<double>());
        Assert.Equal([2, 0, 0], MixedRope.AudioIds(Config, 1, 2)[0].data<double>());
    }

    [Fact]
    public void Head_of_128_turns_44_channels_with_time_and_42_with_each_side() =>
        Assert.Equal((44, 42, 42), KlearPresets.Get("26b").RopeWidths);

    [Theory]
    [InlineData(RopeArrangement.Sequential)]
    [InlineData(RopeArrangement.Scaled)]
    [InlineData(RopeArrangement.Seconds)]
    public void Attention_logits_depend_on_relative_positions_only(RopeArrangement rope)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var config = Config with { Rope = rope };
        var ids = cat([MixedRope.VideoIds(config, 3, 2, 2), MixedRope.AudioIds(config, 5, 3)]);
        var (q, k) = (randn(1, 2, 17, config.HeadWidth), randn(1, 2, 17, config.HeadWidth));

        var here = Logits(ids);
        var moved = Logits(ids + tensor(new[] { 37.5, 11, 5 }));

        Assert.True((here - moved).abs().max().item<float>() < 1e-4 * here.abs().max().item<float>());
        Assert.False((here - Logits(ids * 2)).abs().max().item<float>() < 1e-2);

        Tensor Logits(Tensor at)
        {
            var (cos, sin) = MixedRope.Angles(config, at);
            return MixedRope.Turn(q, cos, sin).matmul(MixedRope.Turn(k, cos, sin).transpose(-1, -2));
        }
    }

    [Fact]
    public void Text_does_not_turn()
    {
        using var scope = NewDisposeScope();
        var (cos, sin) = MixedRope.Angles(Config, MixedRope.TextIds(4));
        var x = randn(1, 2, 4, Config.HeadWidth);

        Assert.True(TinyModel.Same(x, MixedRope.Turn(x, cos, sin)));
    }

    [Fact]
    public void First_pair_turns_by_one_radian_a_step()
    {
        using var scope = NewDisposeScope();
        var (cos, sin) = MixedRope.Angles(Config, MixedRope.VideoIds(Config, 3, 1, 1));

        Assert.Equal(Math.Cos(2), cos[2, 0].item<float>(), 6);
        Assert.Equal(Math.Sin(2), sin[2, 0].item<float>(), 6);
    }
}
