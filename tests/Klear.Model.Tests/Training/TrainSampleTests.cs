using Klear.Model.Training;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Training;

public sealed class TrainSampleTests : IDisposable
{
    private readonly TinyRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Shorter_texts_are_masked_to_their_lengths()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);

        // Clips 0, 1 and 2 have 0, 1 and 2 tokens of what is seen, and 3 each of what is heard.
        var sample = TrainSample.Of(_run.Cache.ReadBatch([.. _run.Cache.Entries.Take(3)]), 0, 0, random);

        Assert.Equal([3, 2, 3], sample.VideoText!.shape);
        Assert.Equal([false, false, true, false, true, true], sample.VideoTextKeys!.data<bool>().ToArray());
        Assert.Equal([3, 3, 3], sample.AudioText!.shape);
        Assert.Null(sample.AudioTextKeys);
    }

    [Fact]
    public void Dropout_of_all_leaves_the_stream_out()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);

        var sample = TrainSample.Of(_run.Cache.ReadBatch(_run.Cache.Entries), 1, 0, random);

        Assert.Null(sample.VideoText);
        Assert.NotNull(sample.AudioText);
    }

    [Fact]
    public void Dropout_takes_about_its_share_of_captions()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        var entries = Enumerable.Repeat(_run.Cache.Entries[5], 200).ToList();

        var keys = TrainSample.Of(_run.Cache.ReadBatch(entries), 0, 0.25, random).AudioTextKeys!;

        // 200 draws at 0.25: 50 with a deviation of 6.1.
        var dropped = keys.any(1).logical_not().sum().item<long>();
        Assert.InRange(dropped, 50 - 25, 50 + 25);
    }
}
