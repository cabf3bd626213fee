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

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Speech_is_dropped_with_the_caption_of_the_sound(double video, double audio)
    {
        using var spoken = new TinyRun(speech: true);
        using var scope = NewDisposeScope();
        using var random = new Generator(1);

        var sample = TrainSample.Of(spoken.Cache.ReadBatch(spoken.Cache.Entries), video, audio, random);

        Assert.Equal(video == 1, sample.VideoText is null);
        Assert.Equal((audio == 1, audio == 1), (sample.AudioText is null, sample.Speech is null));
    }

    [Fact]
    public void Each_clip_loses_caption_and_speech_or_neither()
    {
        using var spoken = new TinyRun(speech: true);
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        var entries = Enumerable.Repeat(spoken.Cache.Entries[5], 50).ToList();

        var sample = TrainSample.Of(spoken.Cache.ReadBatch(entries), 0, 0.5, random);

        var (captions, speeches) = (sample.AudioTextKeys!.any(1), sample.SpeechKeys!.any(1));
        Assert.Equal(captions.data<bool>().ToArray(), speeches.data<bool>().ToArray());
        Assert.InRange(speeches.sum().item<long>(), 1, 49);
    }

    [Fact]
    public void Speech_is_masked_to_its_lengths_and_absent_where_nothing_is_said()
    {
        using var spoken = new TinyRun(speech: true);
        using var scope = NewDisposeScope();
        using var random = new Generator(1);

        // Clips 0, 1 and 2 say "ä", "sä" and "ssä", which are 2, 3 and 4 bytes.
        var sample = TrainSample.Of(spoken.Cache.ReadBatch([.. spoken.Cache.Entries.Take(3)]), 0, 0, random);
        var silent = TrainSample.Of(_run.Cache.ReadBatch(_run.Cache.Entries), 0, 0, random);

        Assert.Equal([0xC4, 0xA5, 0, 0, 116, 0xC4, 0xA5, 0, 116, 116, 0xC4, 0xA5], sample.Speech!.data<long>().ToArray());
        Assert.Equal([2, 3, 4], sample.SpeechKeys!.sum(1).data<long>().ToArray());
        Assert.Null(silent.Speech);
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
