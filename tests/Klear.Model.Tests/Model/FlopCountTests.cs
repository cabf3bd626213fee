using Klear.Model.Model;

namespace Klear.Model.Tests.Model;

public sealed class FlopCountTests
{
    private static readonly KlearConfig Config = new() { Layers = 2, Hidden = 16, Heads = 2, FeedForward = 4, VideoChannels = 3, Patch = 2, AudioChannels = 5, TextBuckets = 12 };

    // A block: linear layers 10 tokens x (16x48 + 16x16 + 16x64 + 64x16) = 30,720 multiply-adds; attention 2 x 10 x 10 x 16 = 3,200.
    private const long Block = 2 * (30_720 + 3_200);

    // In and out: 4 cells of 12, 3 text tokens of 16 (in only), 3 sounds of 5. Time: 256x16 + 16x16 + 16x96.
    private const long Ends = 2 * ((2 * 4 * 12 * 16) + (3 * 16 * 16) + (2 * 3 * 5 * 16) + 4_096 + 256 + 1_536);

    [Fact]
    public void Forward_pass_of_a_tiny_model_has_the_products_counted_by_hand() =>
        Assert.Equal((2 * Block) + Ends, FlopCount.Forward(Config, [4, 2, 1, 3]));

    [Fact]
    public void Batch_multiplies_the_count() =>
        Assert.Equal(5 * FlopCount.Forward(Config, [4, 2, 1, 3]), FlopCount.Forward(Config, [4, 2, 1, 3], batch: 5));

    [Fact]
    public void Encoders_vectors_count_by_their_width() =>
        Assert.Equal(FlopCount.Forward(Config, [4, 2, 1, 3]) + (2 * 3 * (20 - 16) * 16), FlopCount.Forward(Config with { TextBuckets = 0, TextWidth = 20 }, [4, 2, 1, 3]));

    [Fact]
    public void Speech_counts_by_the_width_of_its_path()
    {
        var config = Config with { SpeechWidth = 6 };

        Assert.Equal(FlopCount.Forward(Config, [4, 2, 3, 3]) + (2 * 2 * (6 - 16) * 16), FlopCount.Forward(config, [4, 2, 3, 3], speech: 2));
        Assert.Equal(3 * FlopCount.Forward(config, [4, 2, 3, 3], speech: 2), FlopCount.Training(config, [4, 2, 3, 3], speech: 2));
        Assert.Throws<ArgumentException>(() => FlopCount.Forward(config, [4, 2, 1, 3], speech: 2));
    }

    [Fact]
    public void Training_step_is_three_passes_and_a_fourth_of_the_blocks_where_they_are_computed_again()
    {
        Assert.Equal(3 * ((2 * Block) + Ends), FlopCount.Training(Config, [4, 2, 1, 3]));
        Assert.Equal((3 * ((2 * Block) + Ends)) + (2 * Block), FlopCount.Training(Config, [4, 2, 1, 3], recomputes: true));
    }

    [Fact]
    public void Linear_layers_of_long_models_cost_two_operations_a_parameter_and_token()
    {
        // 26 B parameters of which a token sees its own stream's quarter: the rule of 2 N a token, attention and ends left out.
        var config = KlearPresets.Get("26b");
        var perToken = FlopCount.Forward(config, [1, 0, 0, 0]) / 2.0;

        Assert.InRange(perToken * 4 / KlearLayout.Count(config), 0.99, 1.03);
    }

    [Fact]
    public void Counts_that_are_not_one_for_each_stream_are_refused()
    {
        Assert.Throws<ArgumentException>(() => FlopCount.Forward(Config, [4, 2, 1]));
        Assert.Throws<ArgumentException>(() => FlopCount.Forward(Config, [4, 2, 1, -3]));
    }
}
