using Klear.Model.Model;

namespace Klear.Model.Tests.Model;

public sealed class KlearLayoutTests
{
    [Fact]
    public void Largest_preset_has_26_billion_parameters_within_two_percent()
    {
        // The paper: 26 B. Weights of the blocks alone: 4 streams x 32 layers x 12 x 4096^2 = 25.77 B.
        var count = KlearLayout.Count(KlearPresets.Get("26b"));

        Assert.InRange(count, 26.0e9 * 0.98, 26.0e9 * 1.02);
    }

    [Theory]
    [InlineData("100m", 100e6)]
    [InlineData("1b", 1e9)]
    public void Presets_have_about_the_parameters_of_their_names(string preset, double named) =>
        Assert.InRange(KlearLayout.Count(KlearPresets.Get(preset)), named * 0.95, named * 1.05);

    [Fact]
    public void Path_of_speech_counts_as_by_hand_and_is_the_papers_in_all_but_the_smallest()
    {
        // A table of 257 rows of 6, and 6 to 8 with a bias.
        var config = new KlearConfig { Layers = 1, Hidden = 8, Heads = 1 };

        Assert.Equal((257 * 6) + (6 * 8) + 8, KlearLayout.Count(config with { SpeechWidth = 6 }) - KlearLayout.Count(config));
        Assert.Equal([0, 1024, 1024, 1024], KlearPresets.Names.Select(name => KlearPresets.Get(name).SpeechWidth));
    }

    [Fact]
    public void Weights_of_one_block_count_as_by_hand()
    {
        // Hidden 8, one head: qkv 8*24+24, project 8*8+8, up 8*32+32, down 32*8+8, two norms of 8 = 856 a stream; offsets 4*6*8.
        var config = new KlearConfig { Layers = 1, Hidden = 8, Heads = 1 };
        var two = config with { Layers = 2 };

        Assert.Equal((4 * 856) + (4 * 6 * 8), KlearLayout.Count(two) - KlearLayout.Count(config));
        Assert.Equal(856 + (4 * 6 * 8), KlearLayout.Count(two with { SharedWeights = true }) - KlearLayout.Count(config with { SharedWeights = true }));
    }
}
