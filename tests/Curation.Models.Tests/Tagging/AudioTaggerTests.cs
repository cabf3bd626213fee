using Curation.Models.Checkpoints;
using Curation.Models.Contracts;
using Curation.Models.Running;
using Curation.Models.Tagging;
using Curation.Models.Tests.Contracts;

namespace Curation.Models.Tests.Tagging;

public sealed class AudioTaggerTests
{
    private const int WindowValues = AudioTagger.Frames * AudioTagger.Bins;

    private static readonly LabelList Labels = new(["Speech", "Singing", "Music", "Choir", "Dog"]);

    [Fact]
    public void Scores_are_sigmoids_and_a_kind_takes_its_highest_class()
    {
        using var tiny = Tagger();

        // Mean ln 3: the logits are 0, 1, -1, 2 and 3 times that, and sigmoid(k ln 3) = 3^k / (3^k + 1).
        var tags = new AudioTagger(tiny.Graph, Labels).Tag(Window(Math.Log(3)), top: 2, TestContext.Current.CancellationToken);

        Assert.Equal(0.5, tags.Speech, 1e-4);
        Assert.Equal(0.25, tags.Music, 1e-4);
        Assert.Equal(0.9, tags.Singing, 1e-4);
        Assert.Equal(["Dog", "Choir"], tags.Top.Select(tag => tag.Label));
        Assert.Equal(27.0 / 28, tags.Top[0].Score, 1e-4);
    }

    [Fact]
    public void A_class_is_averaged_over_the_windows_of_a_clip()
    {
        using var tiny = Tagger();

        var tags = new AudioTagger(tiny.Graph, Labels).Tag([.. Window(Math.Log(3)), .. Window(0)], cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((0.9 + 0.5) / 2, tags.Singing, 1e-4);
        Assert.Equal((0.25 + 0.5) / 2, tags.Music, 1e-4);
        Assert.Equal(5, tags.Top.Count);
    }

    [Fact]
    public void Labels_that_are_not_AudioSets_are_refused()
    {
        using var tiny = Tagger();

        Assert.Contains("Music", Assert.Throws<ModelUnavailableException>(() => new AudioTagger(tiny.Graph, new LabelList(["a", "b", "c", "d", "e"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_for_other_classes_is_refused_with_both_sizes()
    {
        using var tiny = Tagger();

        var message = Assert.Throws<ModelUnavailableException>(() => new AudioTagger(tiny.Graph, new LabelList(["Speech", "Singing", "Music"]))).Message;

        Assert.Contains("[-1, 3]", message, StringComparison.Ordinal);
        Assert.Contains("[-1, 5]", message, StringComparison.Ordinal);
    }

    private static TinyGraph Tagger() => new(builder =>
    {
        var mean = builder.Mean(builder.Input("input_values", ElementType.F32, "n", AudioTagger.Frames, AudioTagger.Bins), keep: false, 1, 2);
        builder.Output("logits", builder.MatMul(builder.Unsqueeze(mean, 1), builder.Table("factors", [1, 5], [0, 1, -1, 2, 3])), "n", 5);
    });

    private static float[] Window(double value) => [.. Enumerable.Repeat((float)value, WindowValues)];
}
