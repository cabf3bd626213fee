using Curation.Models.Checkpoints;
using Curation.Models.Graphs;
using Curation.Models.Running;
using Curation.Models.Scenes;
using Curation.Models.Tests.Contracts;

namespace Curation.Models.Tests.Scenes;

public sealed class TransNetScenesTests
{
    private const int PictureBytes = TransNetScenes.Width * TransNetScenes.Height * 3;

    [Theory]
    [InlineData(1)]
    [InlineData(49)]
    [InlineData(50)]
    [InlineData(51)]
    [InlineData(130)]
    public void Windows_put_every_picture_back_in_its_place(int count)
    {
        using var tiny = new TinyGraph(builder => builder.Output("output", Brightness(builder, ElementType.U8), 1, 100, 1));
        var levels = Enumerable.Range(0, count).Select(i => (byte)(i * 37 % 256)).ToArray();

        var probabilities = new TransNetScenes(tiny.Graph).Probabilities(Pictures(levels), TestContext.Current.CancellationToken);

        Assert.Equal(levels.Select(level => level / 255f), probabilities, (expected, actual) => Math.Abs(expected - actual) < 1e-5);
    }

    [Fact]
    public void Neighbours_beyond_the_ends_are_copies_of_the_first_and_last_picture()
    {
        // This graph answers for each picture with the brightness 20 pictures later.
        using var tiny = new TinyGraph(builder =>
        {
            var brightness = Brightness(builder, ElementType.F32);
            builder.Output("output", builder.Concat(1, builder.Slice(brightness, 1, 20, 100), builder.Slice(brightness, 1, 0, 20)), 1, 100, 1);
        });
        var levels = Enumerable.Range(0, 130).Select(i => (byte)(i + 100)).ToArray();

        var probabilities = new TransNetScenes(tiny.Graph).Probabilities(Pictures(levels), TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 130).Select(i => levels[Math.Min(i + 20, 129)] / 255f), probabilities, (expected, actual) => Math.Abs(expected - actual) < 1e-5);
    }

    [Fact]
    public void Logits_become_probabilities()
    {
        using var tiny = new TinyGraph(builder => builder.Output("output", builder.Multiply(Brightness(builder, ElementType.U8), builder.Number(-2 * Math.Log(3))), 1, 100, 1));

        var probabilities = new TransNetScenes(tiny.Graph).Probabilities(Pictures([255, 0]), TestContext.Current.CancellationToken);

        Assert.Equal([0.1f, 0.5f], probabilities, (expected, actual) => Math.Abs(expected - actual) < 1e-5);
    }

    [Fact]
    public void A_run_above_the_threshold_is_one_change_and_belongs_to_the_shot_before()
    {
        float[] probabilities = [0.1f, 0.9f, 0.2f, 0.6f, 0.8f, 0.7f, 0.1f, 0.5f, 0.3f];

        Assert.Equal([new ShotChange(1, 2, 0.9f), new ShotChange(3, 6, 0.8f)], TransNetScenes.Changes(probabilities));
    }

    [Fact]
    public void A_run_that_reaches_the_end_starts_no_new_shot()
    {
        Assert.Empty(TransNetScenes.Changes([0.1f, 0.2f, 0.9f]));
    }

    [Fact]
    public void The_input_may_have_any_name_but_must_be_the_only_one()
    {
        using var other = new TinyGraph(builder => builder.Output("output", Brightness(builder, ElementType.U8, "args_0"), 1, 100, 1));
        Assert.Single(new TransNetScenes(other.Graph).Probabilities(Pictures([9]), TestContext.Current.CancellationToken));

        using var two = new TinyGraph(builder =>
        {
            builder.Input("more", ElementType.F32, 1);
            builder.Output("output", Brightness(builder, ElementType.U8), 1, 100, 1);
        });
        Assert.Contains("more", Assert.Throws<ModelUnavailableException>(() => new TransNetScenes(two.Graph)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_pictures_have_no_probabilities()
    {
        using var tiny = new TinyGraph(builder => builder.Output("output", Brightness(builder, ElementType.U8), 1, 100, 1));

        Assert.Empty(new TransNetScenes(tiny.Graph).Probabilities(Array.Empty<byte>(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_graph_for_other_windows_is_refused_with_both_sizes()
    {
        using var tiny = new TinyGraph(builder => builder.Output("output", builder.Cast(builder.Input("input", ElementType.U8, 1, 50, 27, 48, 3), ElementType.F32), 1, 50, 27, 48, 3));

        var message = Assert.Throws<ModelUnavailableException>(() => new TransNetScenes(tiny.Graph)).Message;

        Assert.Contains("100", message, StringComparison.Ordinal);
        Assert.Contains("50", message, StringComparison.Ordinal);
    }

    private static GraphTensor Brightness(GraphBuilder builder, ElementType type, string input = "input")
    {
        var pictures = builder.Cast(builder.Input(input, type, 1, 100, 27, 48, 3), ElementType.F32);
        return builder.Unsqueeze(builder.Divide(builder.Mean(pictures, keep: false, 2, 3, 4), builder.Number(255)), 2);
    }

    private static byte[] Pictures(byte[] levels) => [.. levels.SelectMany(level => Enumerable.Repeat(level, PictureBytes))];
}
